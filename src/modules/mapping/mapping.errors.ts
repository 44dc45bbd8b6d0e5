export const PROFILE_SENTENCES = {
  unknown_profile: {
    zh: '没有名为 {name} 的映射方案；可用 GET /api/v1/profiles 查看已有方案。',
    en: 'There is no mapping profile {name}; GET /api/v1/profiles lists those there are.',
  },
  profile_refused: {
    zh: '映射方案 {name} 有误，没有保存，见 errors。',
    en: 'The mapping profile {name} is not valid and was not saved; see errors.',
  },
} as const;
