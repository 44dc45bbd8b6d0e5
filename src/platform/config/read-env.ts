/** Readers of single settings. What is wrong with one is said with its name; its value only where it cannot be a secret. */
import { isIP } from 'node:net';
import { StartError } from './start-error.js';

/** A variable set to the empty string counts as unset, because compose files and .env templates write it that way. */
export function text(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

export function wholeNumber(env: NodeJS.ProcessEnv, name: string, preset: number, min: number, max: number): number {
  const value = text(env, name);
  if (value === undefined) return preset;
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    const shown = JSON.stringify(value);
    throw invalid(
      name,
      `应为 ${min} 到 ${max} 之间的整数，现为 ${shown}`,
      `must be a whole number from ${min} to ${max}, but is ${shown}`,
    );
  }
  return number;
}

/** Addresses or networks, by commas. */
export function networks(env: NodeJS.ProcessEnv, name: string): string[] {
  const values = (text(env, name) ?? '').split(',').flatMap((part) => part.trim() || []);
  const wrong = values.find((value) => isIP(value.replace(/\/\d{1,3}$/, '')) === 0);
  if (wrong !== undefined) {
    const shown = JSON.stringify(wrong);
    throw invalid(
      name,
      `应为 IP 地址或网段，用逗号分隔，现有 ${shown}`,
      `must be addresses or networks, but has ${shown}`,
    );
  }
  return values;
}

/** Origins as browsers name them: scheme, host, port, nothing else. */
export function origins(env: NodeJS.ProcessEnv, name: string): string[] {
  const values = (text(env, name) ?? '').split(',').flatMap((part) => part.trim() || []);
  const wrong = values.find((value) => !URL.canParse(value) || new URL(value).origin !== value);
  if (wrong !== undefined) {
    const shown = JSON.stringify(wrong);
    throw invalid(
      name,
      `应为来源（如 https://caiwu.example），用逗号分隔，现有 ${shown}`,
      `must be origins (such as https://books.example), but has ${shown}`,
    );
  }
  return values;
}

export function invalid(name: string, zh: string, en: string): StartError {
  return new StartError('config_invalid', `环境变量 ${name} ${zh}。`, `Environment variable ${name} ${en}.`);
}
