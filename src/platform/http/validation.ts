import { ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import { AppError, type Finding } from '../errors/app-error.js';

/** A request with a thousand wrong properties is told about the first of them only. */
const MAX_FINDINGS = 100;
const MAX_SHOWN = 100;

/**
 * Checks request DTOs: what they do not name is refused, nothing is converted unless a DTO says how.
 * Failures become AppError `invalid_request` with one finding for each property.
 */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    // The class is needed to look up what a rule allows; neither goes into an answer.
    validationError: { target: true, value: true },
    exceptionFactory: (errors) =>
      new AppError('malformed', 'invalid_request', {}, findingsOf(errors, '').slice(0, MAX_FINDINGS)),
  });
}

/**
 * A rule of class-validator, by the name of its constraint: our stable code, and the names of its arguments. The first
 * that fails speaks for its property. A custom rule gives its own: `{ context: { code: 'invalid_decimal' } }`.
 */
const RULES: readonly (readonly [constraint: string, code: string, ...params: string[]])[] = [
  ['whitelistValidation', 'unknown_property'],
  ['isDefined', 'missing_property'],
  ['isNotEmpty', 'missing_property'],
  ['isString', 'not_text'],
  ['isBoolean', 'not_boolean'],
  ['isInt', 'not_whole_number'],
  ['isNumber', 'not_number'],
  ['isArray', 'not_list'],
  ['isObject', 'not_object'],
  ['nestedValidation', 'not_object'],
  ['isIn', 'not_allowed_value', 'allowed'],
  ['isEnum', 'not_allowed_value', '', 'allowed'],
  ['isLength', 'wrong_length', 'min', 'max'],
  ['minLength', 'wrong_length', 'min'],
  ['maxLength', 'wrong_length', 'max'],
  ['arrayMinSize', 'wrong_length', 'min'],
  ['arrayMaxSize', 'wrong_length', 'max'],
  ['min', 'out_of_range', 'min'],
  ['max', 'out_of_range', 'max'],
  ['matches', 'wrong_format', 'pattern'],
  ['isDay', 'not_date'],
  ['isDateString', 'not_date'],
  ['isIso8601', 'not_date'],
];

/** `1` where a rule has no lower bound, `∞` where it has no upper one. */
const UNBOUNDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wrong_length: { min: '0', max: '∞' },
  out_of_range: { min: '-∞', max: '∞' },
};

function findingsOf(errors: readonly ValidationError[], parent: string): Finding[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = error.constraints === undefined ? [] : [findingOf(error, path)];
    return [...own, ...findingsOf(error.children ?? [], path)];
  });
}

function findingOf(error: ValidationError, path: string): Finding {
  const column = path.length > MAX_SHOWN ? `${path.slice(0, MAX_SHOWN)}…` : path;
  const failed = error.constraints ?? {};
  if (!('whitelistValidation' in failed) && (error.value === undefined || error.value === null)) {
    return { row: 1, column, code: 'missing_property', params: {} };
  }
  const own = Object.values(error.contexts ?? {}).find(hasCode);
  if (own !== undefined) return { row: 1, column, code: own.code, params: {} };
  const rule = RULES.find(([constraint]) => constraint in failed);
  if (rule === undefined) return { row: 1, column, code: 'invalid_value', params: {} };
  const [constraint, code, ...names] = rule;
  return { row: 1, column, code, params: paramsOf(error, constraint, code, names) };
}

function paramsOf(
  { target, property }: ValidationError,
  constraint: string,
  code: string,
  names: readonly string[],
): Record<string, string> {
  const params: Record<string, string> = { ...UNBOUNDED[code] };
  if (target === undefined || names.length === 0) return params;
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', true, false);
  const stated = rules.find((rule) => rule.propertyName === property && rule.name === constraint)?.constraints ?? [];
  names.forEach((name, index) => {
    const value = stated[index] as unknown;
    if (name !== '' && value !== undefined) params[name] = textOf(value);
  });
  return params;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return value instanceof RegExp ? value.source : String(value);
}

const hasCode = (context: unknown): context is { readonly code: string } =>
  typeof (context as { code?: unknown } | null)?.code === 'string';
