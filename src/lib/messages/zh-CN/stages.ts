// What the stages of a meeting are called, for every format that has them: one word per id, the same word wherever it is shown.
export const stages = {
  opening: '开场',
  topics: '征集议题',
  market: '议题集市',
  rounds: '分组讨论',
  reports: '小组汇报',
  dots: '贴点投票',
  commitments: '行动认领',
  presentation: '陈述',
  representatives: '代表发言',
  residents: '居民发言',
  closing: '收圈',
  ending: '结束',
  account: '述职',
  inquiry: '询问',
  forms: '填表',
  verdict: '宣布',
};
