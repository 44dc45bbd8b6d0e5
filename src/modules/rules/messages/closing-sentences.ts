/** What a closed period refuses, and how what belongs there can still come in (COR-1). */
import type { Sentences } from './sentence.js';

export const CLOSING_SENTENCES: Sentences = {
  period_closed: {
    zh: '{column}所在的期间[ {period} ]已经结账，不能再入账。请把日期改在未结账的期间，并在更正期间（corrects_period）填[ {period}]；或由财务申请重开该期间。',
    en: 'The {column} lies in a period that is closed[: {period}]; please date the record in an open period and name the closed one in corrects_period[: {period}]; or let finance ask for the period to be reopened.',
  },
  period_closing: {
    zh: '期间[ {period} ]正在结账，不再接收新的提交；请联系财务，或把日期改在下一期间并填更正期间。',
    en: 'The period[ {period}] is being closed and takes no new submissions; please ask finance, or date the record in the next period and name this one in corrects_period.',
  },
  row_of_closed_period: {
    zh: '{column}[ {period} ]已经结账，其业务量、增收投入和目标不能再改。请删去这一行，差额以更正单据报在未结账的期间；或由财务申请重开该期间。',
    en: 'The {column}[ {period}] is closed: its volumes, adjustments and targets stand; please take the row out and report the difference as a correction in an open period; or let finance ask for the period to be reopened.',
  },
  closed_period_redefined: {
    zh: '期间[ {period} ]已经结账，起止日期不能再改，请删去这一行或恢复原来的日期。',
    en: 'The period[ {period}] is closed and its dates stand; please take the row out or restore its dates.',
  },
  department_in_closed_period: {
    zh: '该部门或其下级在已结账的期间[（{periods}）]有数，改变上级会改变已报告的汇总。请保留原上级，给调整后的单位一个新编码。',
    en: 'The department, or one below it, has figures in closed periods[ ({periods})], and moving it would change sums that were reported; please keep its parent and give the reorganised unit a new code.',
  },
  closed_period_changed: {
    zh: '这一改动会改变已结账期间[（{periods}）]报告过的数，没有入账。请让改动从未结账的期间起生效（如基准、费率另立新行并填生效日期），差额用更正单据报告；或由财务申请重开该期间。',
    en: 'This would change what closed periods[ ({periods})] reported, so nothing was taken in; please let the change begin in an open period (a new row of the baseline or rate with its own dates) and report the difference by correcting records; or let finance ask for the period to be reopened.',
  },
};
