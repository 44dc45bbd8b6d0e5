/** What is wrong with an XML file of data (platform/xml), beside what an XML file in a workbook may be refused for. */
import type { Sentences } from './sentence.js';

export const XML_SENTENCES: Sentences = {
  element_too_long: {
    zh: '此处[（元素「{element}」中）]的内容过长，可能漏了结束标签，请核对后重新导出。',
    en: 'What stands here[ (in the element “{element}”)] is too long; an end tag may be missing, please check it and export the file again.',
  },
  too_many_names: {
    zh: '文件中不同名称的元素过多，不是一行一个元素、一栏一个子元素的数据文件，请按 GB/T 24589.1 重新导出。',
    en: 'The file has too many elements of different names to be a table of rows and fields; please export it again as GB/T 24589.1 lays it out.',
  },
  mixed_content: {
    zh: '元素[「{element}」]中除子元素外还有文字，不知属于哪一栏，请改正后重新导出。',
    en: 'The element[ “{element}”] has text beside its children, which belongs to no field; please correct it and export the file again.',
  },
};
