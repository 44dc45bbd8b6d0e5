/** What people read when it is not clear which mine they mean. */
export const MINE_SENTENCES = {
  unknown_mine: {
    zh: '没有代码为 {mine} 的矿井，或您登录的不是它；请核对请求头 X-Mine（命令行用 --mine）。',
    en: 'There is no mine {mine}, or you are signed in at another; check the header X-Mine (--mine on the command line).',
  },
  mine_missing: {
    zh: '系统中有多个矿井，请用请求头 X-Mine（命令行用 --mine）指明是哪一个。',
    en: 'There are several mines; say which one in the header X-Mine (--mine on the command line).',
  },
  mine_exists: { zh: '代码为 {mine} 的矿井已经存在。', en: 'The mine {mine} exists already.' },
  invalid_mine_code: {
    zh: '矿井代码 {mine} 不合规：只能用字母、数字、_ 和 -，最多 32 个。',
    en: 'The mine code {mine} is not valid: up to 32 letters, digits, _ and -.',
  },
} as const;
