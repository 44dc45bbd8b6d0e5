/** The cost items every mine starts with (after 财会〔2016〕21号), and the implicit ones. */
export interface BuiltInItem {
  readonly code: string;
  readonly name: string;
  readonly nature: 'explicit' | 'implicit';
}

const explicit = (code: string, name: string): BuiltInItem => ({ code, name, nature: 'explicit' });
const implicit = (code: string, name: string): BuiltInItem => ({ code, name, nature: 'implicit' });

export const BUILT_IN_ITEMS: readonly BuiltInItem[] = [
  explicit('01', '材料'),
  explicit('0101', '坑木支护'),
  explicit('0102', '火工品'),
  explicit('0103', '大型材料'),
  explicit('0104', '配件'),
  explicit('0105', '油脂'),
  explicit('0106', '劳保'),
  explicit('0199', '其他材料'),
  explicit('02', '电力及燃料动力'),
  explicit('03', '职工薪酬'),
  explicit('04', '折旧'),
  explicit('05', '修理费'),
  explicit('06', '安全费用(计提)'),
  explicit('07', '维简费(计提)'),
  explicit('08', '井巷工程基金(计提)'),
  explicit('09', '地面塌陷补偿'),
  explicit('10', '外包劳务'),
  explicit('11', '租赁费'),
  explicit('12', '环境恢复治理'),
  explicit('13', '停工损失'),
  explicit('14', '资源费用'),
  explicit('15', '其他制造费用'),
  explicit('20', '税金及附加'),
  explicit('30', '销售费用'),
  explicit('31', '管理费用'),
  explicit('32', '财务费用'),
  implicit('IDLE_LABOUR', '闲人、等待'),
  implicit('IDLE_MACHINE', '闲机'),
  implicit('DOWNTIME', '停机'),
  implicit('REWORK', '返工'),
  implicit('STOCK', '库存占用'),
  implicit('COORDINATION', '沟通协调、重复审批'),
  implicit('ACCIDENT', '事故'),
  implicit('ENERGY_LEAK', '能耗泄漏'),
];
