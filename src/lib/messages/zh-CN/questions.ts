// Words of residents' questions: asking, supporting, being answered, and looking one's answer up.
import { formatNumber } from '#lib/messages/format.ts';

export const questions = {
  title: '居民提问',
  ask: '我要提问',
  yourQuestion: '您的问题',
  hint: '主持人看过后公开。请不要写别人的姓名、电话和住址。',
  shownName: '怎么称呼您',
  shownNameHint: '会和问题一起显示，例如“三片区居民”。不必写真名。',
  send: '提交问题',
  sent: '问题已提交，等待主持人公开。',
  keepCode: '请打开并保存您的查询页，答复会写在那里；只有您有这个网址。',
  toMine: '打开我的查询页',
  none: '还没有公开的问题。',
  waiting: '等待公开',
  hidden: '未公开',
  hiddenWhy: (p: { reason: string }) => `未公开的原因：${p.reason}`,
  answered: '已答复',
  brought: '已带到会上',
  answer: '答复：',
  support: (p: { count: number }) => `支持 ${formatNumber(p.count)}`,
  bring: '带到会上',

  lookupTitle: '我的问题',
  lookupKeep: '请收藏这个页面。会议结束后也能在这里看到答复。',
  lookupUnknown: '没有找到这个问题',
  lookupUnknownMeans: '网址可能抄错了。请从提交问题时的页面重新打开。',
  stillOpen: '还没有答复。每个问题都会有答复，请稍后再来看。',
  answeredAt: (p: { time: string }) => `答复时间：${p.time}`,
  backToMeeting: '回到会议',
};
