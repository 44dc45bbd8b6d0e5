import type { IssuedPassword } from '../modules/access/index.js';
import { dayInChina } from '../platform/clock/clock.js';

/** What whoever holds the machine reads, once. */
export function oneTimePasswordLines({ mine, username, password, expiresAt }: IssuedPassword): string[] {
  const until = `${dayInChina(expiresAt)} ${clockInChina(expiresAt)}`;
  return [
    `矿井 ${mine} 的用户 ${username} 的一次性密码：${password}`,
    `  ${until}（北京时间）以前登录并设置自己的密码；它只显示这一次。`,
    `One-time password of ${username} at mine ${mine}: ${password}`,
    `  Sign in and choose your own before ${until} (China time); it is shown this once.`,
  ];
}

const clockInChina = (moment: Date) => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
