const LEVELS: Readonly<Record<string, string>> = {
  info: '',
  warn: '警告 WARN ',
  error: '错误 ERROR ',
  fatal: '错误 FATAL ',
};
const HIDDEN = new Set(['level', 'time', 'pid', 'msg', 'err']);

/** A JSON line of the log as a person reads it on a terminal: time of day, message, the rest as name=value. */
export function readableLine(line: string): string {
  const fields = JSON.parse(line) as Record<string, unknown> & { readonly msg?: string };
  const time = new Date(String(fields['time'])).toTimeString().slice(0, 8);
  const level = LEVELS[String(fields['level'])] ?? `${String(fields['level'])} `;
  const rest = Object.entries(fields)
    .filter(([name]) => !HIDDEN.has(name))
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = (fields['err'] as { stack?: unknown } | undefined)?.stack;
  const trouble = typeof stack === 'string' ? `\n${stack}` : '';
  return `${time} ${level}${fields.msg ?? ''}${rest.join('')}${trouble}\n`;
}
