import type { Sentence } from '../http/language.js';

/** What people read about keys. */
export const IDEMPOTENCY_SENTENCES: Readonly<Record<string, Sentence>> = {
  idempotency_key_malformed: {
    zh: 'Idempotency-Key 应为 1 到 200 个可见的 ASCII 字符，不含空格（如 UUID）。',
    en: 'An Idempotency-Key is 1 to 200 visible ASCII characters without spaces (such as a UUID).',
  },
  idempotency_key_reused: {
    zh: '这个 Idempotency-Key 已用于另一个请求（地址或内容不同），这次什么都没有做；另一件事请用新的键。',
    en: 'This Idempotency-Key was used for another request (another address or content), and nothing was done now; use a new key for another thing.',
  },
  request_in_flight: {
    zh: '同一个 Idempotency-Key 的请求还在办理；请在 {retry_after} 秒后用同一个键、同样的内容再发。',
    en: 'A request under this Idempotency-Key is still under way; send the same again under the same key in {retry_after} seconds.',
  },
  outcome_unknown: {
    zh: '同一个 Idempotency-Key 的请求已经写入，但服务当时中断，没有留下应答；请先用 GET 查看结果，再决定是否换键重发。',
    en: 'A request under this Idempotency-Key was written, but the service broke off before its answer was kept; look at the result (GET) before you send anything under a new key.',
  },
  answer_not_kept: {
    zh: '同一个 Idempotency-Key 的请求已办过一次，没有再办；它的应答没有留存（含只显示一次的密钥或密码、过大，或您的权限范围已变），请用 GET 查看。',
    en: 'The request under this Idempotency-Key was done once and is not done again; its answer is not kept (it held a secret that is shown once, was too large, or you see other data now): look at the result (GET).',
  },
};
