// Words of the screens of a 民主评议会: its stages, giving out the forms, the returns.
export const review = {
  title: '民主评议',
  stage: (p: { stage: string }) => `现在：${p.stage}`,
  next: (p: { stage: string }) => `进入：${p.stage}`,
  of: '评议谁、评议什么',
  ofHint: '比如：对居委会一年工作的评议',
  indicators: (p: { names: string }) => `总体之外逐项评议：${p.names}`,
  giveOut: '发放评议表',
  givenOut: '每位到会成员在自己手机上填一份；不会用手机的由引导员代录或填纸质表。谁填了什么，谁也看不到。',
};

export type ReviewMessages = typeof review;
