import type { Sentence } from '../../platform/http/language.js';

/** What people read about signing in, accounts, keys and delegations. */
export const ACCESS_SENTENCES: Readonly<Record<string, Sentence>> = {
  whole_mine_needed: {
    zh: '这针对全矿，须由角色覆盖全矿的人办理；您的角色只限部分部门。',
    en: 'This concerns the whole mine, and your role is for some departments only; let somebody do it whose role covers the mine.',
  },
  sign_in_refused: {
    zh: '用户名或密码不对，或账户不能登录；请核对后再试，忘记密码请联系管理员。',
    en: 'The username or the password is wrong, or the account may not sign in; check them, or ask your administrator.',
  },
  too_many_sign_ins: {
    zh: '登录尝试过多，请在 {retry_after} 秒后再试。',
    en: 'Too many attempts to sign in; try again in {retry_after} seconds.',
  },
  refresh_refused: {
    zh: '登录已失效，请重新登录。',
    en: 'You are not signed in any more; sign in again.',
  },
  password_change_required: {
    zh: '这是一次性密码：请先用 POST /api/v1/auth/password 设置自己的密码。',
    en: 'This is a one-time password: choose your own with POST /api/v1/auth/password first.',
  },
  current_password_wrong: {
    zh: '现密码不对，密码没有更改。',
    en: 'The current password is wrong; nothing was changed.',
  },
  password_too_short: {
    zh: '新密码至少要 {min} 个字符，请换一个更长的。',
    en: 'The new password must be at least {min} characters long; choose a longer one.',
  },
  password_is_username: {
    zh: '新密码不能与用户名相同，请换一个。',
    en: 'The new password must not be the username; choose another.',
  },
  password_not_new: {
    zh: '新密码不能与现密码相同，请换一个。',
    en: 'The new password must not be the current one; choose another.',
  },
  unknown_user: { zh: '没有用户 {username}，请核对用户名。', en: 'There is no user {username}; check the username.' },
  user_exists: {
    zh: '用户名 {username} 或其单点登录标识已被占用，请换一个。',
    en: 'The username {username} or its single sign-on subject is taken; choose another.',
  },
  own_grants: {
    zh: '不能给自己授权或代办，请由另一位管理员办理。',
    en: 'Nobody grants rights or a delegation to themselves; ask another administrator.',
  },
  roles_apart: {
    zh: '管理员不能兼任录入或审批角色（审计除外），请使用两个账户、由两个人担任。',
    en: 'An administrator cannot hold entering or approving roles too (auditor excepted); use two accounts, of two people.',
  },
  grants_refused: {
    zh: '授权有误，没有保存，见 errors。',
    en: 'The grants are not valid and were not saved; see errors.',
  },
  unknown_grant_department: {
    zh: '没有部门 {department}，请核对编码；全矿请留空。',
    en: 'There is no department {department}; check the code, or leave it out for the whole mine.',
  },
  admin_of_whole_mine: {
    zh: '管理员只能授予全矿，请不要填部门。',
    en: 'An administrator is one of the whole mine; leave the department out.',
  },
  role_not_for_keys: {
    zh: '密钥不能担任 {role}：程序只能接口录入（integration）或只读（auditor），审批由人来做。',
    en: 'A key cannot be {role}: a program enters (integration) or reads (auditor); people approve.',
  },
  last_administrator: {
    zh: '这是本矿最后一位管理员，请先任命另一位。',
    en: 'This is the last administrator of the mine; appoint another first.',
  },
  unknown_api_key: { zh: '没有编号为 {id} 的密钥。', en: 'There is no API key {id}.' },
  key_expiry: {
    zh: '密钥的失效时间应在将来，且不超过 {days} 天。',
    en: 'A key must expire in the future, within {days} days.',
  },
  unknown_delegation: { zh: '没有编号为 {id} 的代办。', en: 'There is no delegation {id}.' },
  delegation_to_self: {
    zh: '不能由本人代办，请选择另一个人。',
    en: 'A delegation is to somebody else; choose another person.',
  },
  delegation_days: {
    zh: '代办期间有误：结束不早于开始和今天，至多 {days} 天；更长的请改授权。',
    en: 'The days are not valid: the end is not before the start or today, and at most {days} days; longer is a change of grants.',
  },
  sso_not_configured: {
    zh: '没有配置单点登录，请用用户名和密码登录。',
    en: 'Single sign-on is not set up; sign in with a username and a password.',
  },
  sso_unavailable: {
    zh: '单点登录服务暂不可用，请稍后再试，或用用户名和密码登录。',
    en: 'The single sign-on service is not available; try again later, or sign in with a username and a password.',
  },
  sso_refused: {
    zh: '单点登录没有完成（超时、被取消或应答不符），请重新开始。',
    en: 'Single sign-on was not completed (too late, cancelled, or an answer that does not fit); begin again.',
  },
  no_account: {
    zh: '您在本系统还没有账户，请联系管理员开通。',
    en: 'You have no account here; ask your administrator for one.',
  },
};
