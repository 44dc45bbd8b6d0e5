import type { Sentence } from './language.js';

/** Titles of problems: the name of their status (RFC 9457, 4.2.1: `about:blank` says no more than the status does). */
export const STATUS_TITLES: Readonly<Record<number, Sentence>> = {
  400: { zh: '请求有误', en: 'Bad Request' },
  401: { zh: '未登录', en: 'Unauthorized' },
  403: { zh: '无权限', en: 'Forbidden' },
  404: { zh: '未找到', en: 'Not Found' },
  405: { zh: '方法不允许', en: 'Method Not Allowed' },
  406: { zh: '无可接受的格式', en: 'Not Acceptable' },
  408: { zh: '请求超时', en: 'Request Timeout' },
  409: { zh: '冲突', en: 'Conflict' },
  413: { zh: '内容过大', en: 'Content Too Large' },
  414: { zh: '地址过长', en: 'URI Too Long' },
  415: { zh: '不支持的内容类型', en: 'Unsupported Media Type' },
  422: { zh: '内容不被接受', en: 'Unprocessable Content' },
  429: { zh: '请求过多', en: 'Too Many Requests' },
  431: { zh: '请求头过大', en: 'Request Header Fields Too Large' },
  500: { zh: '服务内部错误', en: 'Internal Server Error' },
  503: { zh: '暂不可用', en: 'Service Unavailable' },
};

/** Sentences for what HTTP itself finds wrong, whatever the business. */
export const HTTP_SENTENCES: Readonly<Record<string, Sentence>> = {
  invalid_request: {
    zh: '请求内容不符合接口说明，见 errors。',
    en: 'The request does not match the description of this call; see errors.',
  },
  invalid_cursor: {
    zh: '翻页游标无效：请原样使用上一页的 next。',
    en: 'The cursor is not one that this list gave out: use next of the page before as it is.',
  },
  unauthenticated: { zh: '请先登录。', en: 'Sign in first.' },
  forbidden: { zh: '您没有这项权限。', en: 'You have no right to do this.' },
  not_found: { zh: '没有找到所要的内容。', en: 'What was asked for does not exist.' },
  route_not_found: { zh: '没有这个接口。', en: 'There is no such call.' },
  method_not_allowed: {
    zh: '这个地址不接受该方法，可用方法见 Allow。',
    en: 'This address does not take that method; see Allow.',
  },
  not_acceptable: { zh: '无法以所要求的格式应答。', en: 'There is no answer in the format asked for.' },
  request_timeout: { zh: '请求没有在时限内发完。', en: 'The request was not sent in time.' },
  conflict: { zh: '与现有数据冲突。', en: 'This conflicts with what is there.' },
  refused: { zh: '内容不被接受。', en: 'The content was refused.' },
  unavailable: { zh: '服务暂不可用，请稍后再试。', en: 'The service is not available now; try again later.' },
  too_many_requests: { zh: '请求过多，请稍后再试。', en: 'Too many requests; try again later.' },
  database_unavailable: {
    zh: '数据库暂不可用，请稍后再试。',
    en: 'The database is not available now; try again later.',
  },
  storage_full: { zh: '磁盘空间不足，什么都没有写入。', en: 'The disk is full; nothing was written.' },
  busy: { zh: '同一数据正被多人修改，请重试。', en: 'Others are changing the same data; try again.' },
  took_too_long: {
    zh: '没有在时限内做完，已经停下：查询请缩小范围；写入请用同样的 Idempotency-Key 重试，不会重复。',
    en: 'This was not done in time and was stopped: ask for less; send a write again with its Idempotency-Key.',
  },
  overloaded: {
    zh: '同时处理的请求已到上限，请稍后再试。',
    en: 'As many requests as may be are under way; try again later.',
  },
  too_many_questions: {
    zh: '您等待应答的大查询已达 {max} 个，请等它们答完。',
    en: 'You have {max} large questions waiting already; wait for their answers.',
  },
  too_many_transfers: {
    zh: '同时上传或下载的文件已达 {max} 个，请稍后再试。',
    en: 'There are {max} files on the way already; try again later.',
  },
  internal_error: {
    zh: '服务内部错误，请把 requestId 告知管理员。',
    en: 'Something went wrong on our side; tell your administrator the requestId.',
  },
  not_ready: { zh: '服务尚未就绪，见 checks。', en: 'The service is not ready; see checks.' },

  invalid_url: { zh: '地址中有无法解码的字符。', en: 'The address cannot be decoded.' },
  url_too_long: { zh: '地址中的某一段过长。', en: 'A part of the address is too long.' },
  malformed_http: { zh: '不是有效的 HTTP 请求。', en: 'This is not a valid HTTP request.' },
  headers_too_large: { zh: '请求头过大。', en: 'The request headers are too large.' },
  body_too_large: { zh: '请求体超过上限。', en: 'The request body exceeds the limit.' },
  incomplete_body: { zh: '请求体没有传完整。', en: 'The request body arrived incomplete.' },
  unsupported_media_type: {
    zh: '不支持这种内容类型（Content-Type）。',
    en: 'This Content-Type is not supported.',
  },
  unsupported_charset: { zh: 'JSON 只接受 UTF-8 编码。', en: 'JSON is taken in UTF-8 only.' },
  file_too_large: { zh: '文件超过上限。', en: 'The file exceeds the limit.' },
  too_many_parts: { zh: '表单的字段或文件过多。', en: 'The form has too many fields or files.' },
  malformed_multipart: { zh: '表单（multipart）格式有误。', en: 'The multipart form is malformed.' },

  malformed_json: { zh: '请求体不是有效的 JSON。', en: 'The request body is not valid JSON.' },
  invalid_encoding: { zh: '请求体不是有效的 UTF-8。', en: 'The request body is not valid UTF-8.' },
  too_many_properties: {
    zh: '一个 JSON 对象的属性超过 {max} 个。',
    en: 'There are more than {max} properties in one object of the JSON.',
  },
  too_deep: { zh: 'JSON 的嵌套超过 {max} 层。', en: 'The JSON is nested more than {max} levels deep.' },
  invalid_character: {
    zh: '含有不允许的字符（空字符或不成对的代理字符）。',
    en: 'There is a character that is not allowed (NUL or an unpaired surrogate).',
  },
  inexact_number: {
    zh: '数字 {number} 无法精确表示；金额、数量、单价请用字符串。',
    en: 'The number {number} cannot be held exactly; send money, quantities and prices as strings.',
  },
};

/** Sentences for single properties of a request (validation.ts, strict-json.ts). */
export const PROPERTY_SENTENCES: Readonly<Record<string, Sentence>> = {
  unknown_property: { zh: '没有这个属性。', en: 'There is no such property.' },
  duplicate_property: { zh: '属性“{property}”在同一对象中重复。', en: 'The property “{property}” is stated twice.' },
  forbidden_property: { zh: '不允许使用属性“{property}”。', en: 'The property “{property}” is not allowed.' },
  missing_property: { zh: '缺少必填属性。', en: 'This property is missing.' },
  not_text: { zh: '应为字符串。', en: 'Must be a string.' },
  not_boolean: { zh: '应为 true 或 false。', en: 'Must be true or false.' },
  not_whole_number: { zh: '应为整数。', en: 'Must be a whole number.' },
  not_number: { zh: '应为数字。', en: 'Must be a number.' },
  not_list: { zh: '应为数组。', en: 'Must be an array.' },
  not_object: { zh: '应为对象。', en: 'Must be an object.' },
  not_allowed_value: { zh: '应为以下之一：{allowed}。', en: 'Must be one of: {allowed}.' },
  wrong_length: { zh: '长度应为 {min} 到 {max}。', en: 'Must be {min} to {max} long.' },
  out_of_range: { zh: '应在 {min} 到 {max} 之间。', en: 'Must be between {min} and {max}.' },
  wrong_format: { zh: '格式应符合 {pattern}。', en: 'Must match {pattern}.' },
  not_date: { zh: '应为日期（YYYY-MM-DD）。', en: 'Must be a date (YYYY-MM-DD).' },
  invalid_value: { zh: '值无效。', en: 'This value is not valid.' },
};
