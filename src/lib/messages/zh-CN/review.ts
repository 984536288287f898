// Words of the screens of a 民主评议会: its stages, giving out the forms, the returns.
export const review = {
  title: '民主评议',
  stage: (p: { stage: string }) => `现在：${p.stage}`,
  next: (p: { stage: string }) => `进入：${p.stage}`,
  of: '评议谁、评议什么',
  ofHint: '比如：对居委会一年工作的评议',
  giveOut: '发放评议表',
  givenOut: '每位到会成员在自己手机上填一份；不会用手机的由引导员代录或填纸质表。谁填了什么，谁也看不到。',
  options: { satisfied: '满意', fairly_satisfied: '基本满意', dissatisfied: '不满意', unknown: '不了解' },
  returns: '评议结果',
  figures: (p: { issued: number; returned: number; valid: number; spoiled: number }) =>
    `发放 ${p.issued}　回收 ${p.returned}　有效 ${p.valid}　作废 ${p.spoiled}`,
  percent: (p: { percent: number }) => `满意度 ${p.percent}%（满意和基本满意，占表态人数）`,
  noOpinion: '没有人表态',
};

export type ReviewMessages = typeof review;
