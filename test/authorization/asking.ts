import { isBooking, recordRow } from './folder.js';
import type { Things } from './fill-house.js';
import { codeOf } from './operation.js';
import type { Place } from './places.js';

export type ThingKind = {
  [Kind in keyof Things]: Things[Kind] extends Partial<Record<Place, string>> ? Kind : never;
}[keyof Things];

/** The address of a thing of a place. */
export const at =
  (before: string, kind: ThingKind, after = '') =>
  (things: Things, place: Place) =>
    `/api/v1${before}/${things[kind][place] ?? 'none'}${after}`;

export const v1 = (path: string) => `/api/v1${path}`;

/** A record of a place, its marks left out: what an answer holds of them is then not said by the request. */
export const row = (place: Place, id: string, date = '2023-04-10') => {
  const { department, ...rest } = recordRow(isBooking(place) ? place : 'CM1', id, date, '1.00');
  return { ...rest, department: codeOf(place) || department!, counterparty: '', voucher: '', summary: '' };
};
export const reason = { reason: '如此' };
export const ITEM = { category: 'resource', item: '0104', nature: 'explicit' };
export const form = (name: string, content: string, fields = {}) => ({ name, content, fields });
export const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';

/** What may hold nothing that is anybody's. */
export const EMPTY = { mayShowNothing: true } as const;

export const bulk =
  (kind: ThingKind, more: object = {}) =>
  (place: Place, _: number, things: Things) => ({
    ids: [things[kind][place]],
    ...more,
  });
