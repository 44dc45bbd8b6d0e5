const LEVELS: Readonly<Record<string, string>> = {
  info: '',
  warn: '警告 WARN ',
  error: '错误 ERROR ',
  fatal: '错误 FATAL ',
};
const HIDDEN = new Set(['level', 'time', 'msg', 'err']);

type Fields = Readonly<Record<string, unknown>> & { readonly msg?: string; readonly err?: { readonly stack?: string } };

/** A JSON line of the log as a person reads it on a terminal: time of day, message, the rest as name=value. */
export function readableLine(line: string): string {
  const fields = JSON.parse(line) as Fields;
  const time = new Date(String(fields['time'])).toTimeString().slice(0, 8);
  const level = LEVELS[String(fields['level'])] ?? `${String(fields['level'])} `;
  const stack = fields.err?.stack === undefined ? '' : `\n${fields.err.stack}`;
  return `${time} ${level}${fields.msg === 'request' ? requestWords(fields) : words(fields)}${stack}\n`;
}

function requestWords({ method, route, status, ms, requestId }: Fields): string {
  return `${String(method)} ${String(route)} ${String(status)} ${String(ms)} ms ${String(requestId)}`;
}

function words(fields: Fields): string {
  const rest = Object.entries(fields)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${fields.msg ?? ''}${rest.join('')}`;
}
