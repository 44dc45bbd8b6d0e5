/** Small pieces that sections are put together from: headings, sentences, columns, and figures that are counted or looked up. */
import { exact, type Exact } from '../kernel/exact.js';
import { known, type Datum } from './datum.js';
import type { Column, Heading, Paragraph, Said } from './model.js';
import { say } from './say.js';
import { paragraph } from './words/names.js';

export const said = (zh: string, en: string): Said => ({ zh, en });

export const heading = (zh: string, en: string): Heading => ({ kind: 'heading', text: { zh, en } });

/** A sentence without a figure in it. */
export const sentence = ({ zh, en }: Said): Paragraph => paragraph({ zh: say`${zh}`, en: say`${en}` });

export const words = (zh: string, en: string): Column => ({ title: { zh, en }, unit: null });
export const wan = (zh: string, en: string): Column => ({ title: { zh, en }, unit: 'wan' });
export const yuan = (zh: string, en: string): Column => ({ title: { zh, en }, unit: 'yuan' });
export const percent = (zh: string, en: string): Column => ({ title: { zh, en }, unit: 'percent' });
export const count = (zh: string, en: string): Column => ({ title: { zh, en }, unit: 'number' });

/** A figure that no sum of cells gives; `what` says in words what it is. */
export const stated = (value: Exact, what: Said): Datum => ({ value: known(value), source: { kind: 'stated', what } });

export const counted = (things: number, what: Said): Datum => stated(exact(String(things)), what);

/** A cell of a table that has nothing to say. */
export const BLANK: Said = said('', '');
