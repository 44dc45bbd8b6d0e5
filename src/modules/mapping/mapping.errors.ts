export const PROFILE_SENTENCES = {
  unknown_profile: {
    zh: '没有名为 {name} 的映射方案；可用 GET /api/v1/profiles 查看已有方案。',
    en: 'There is no mapping profile {name}; GET /api/v1/profiles lists those there are.',
  },
  profile_refused: {
    zh: '映射方案 {name} 有误，没有保存，见 errors。',
    en: 'The mapping profile {name} is not valid and was not saved; see errors.',
  },
  profile_waits: {
    zh: '映射方案 {name} 的第 {version} 版正在等待审批，请先批准、退回或撤回它，再改。',
    en: 'Version {version} of the mapping profile {name} waits for approval; please have it approved, returned or withdrawn first.',
  },
  profile_outdated: {
    zh: '更新的第 {version} 版已经生效，这一版不能再批准；请退回。',
    en: 'A newer version, {version}, is in use; this one can no longer be approved, please return it.',
  },
} as const;
