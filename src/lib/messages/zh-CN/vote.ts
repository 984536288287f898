// Words of voting: on one's own phone, written down for somebody else, and when checking what another person entered.
import { formatNumber } from '#lib/messages/format.ts';

export const vote = {
  open: '表决进行中',
  waitingForResult: '表决已结束',
  waitingMeans: '主持人宣布后，结果会显示在这里。',
  closedTitle: '表决已结束，等待宣布结果',
  stages: { open: '表决进行中', closed: '等待宣布', announced: '结果已宣布', voided: '已作废' },
  left: '剩余',
  timeUp: '时间到，结束前仍可投票',
  answered: (p: { count: number }) => `已有 ${formatNumber(p.count)} 人选择`,
  byArea: '按片区',
  area: '片区',
  areaPeople: '人数',
  areaRest: '其他与纸质',
  areaNote: '人少的片区、没有写片区的和纸质的合在“其他”里，看不出个人。',
  areaNone: '没有哪个片区人数够多；为了看不出个人，不按片区列出。',
  turnoutLabel: '投票人数',
  turnout: (p: { cast: number; of: number }) => `已投票 ${p.cast} / ${p.of} 人`,
  noTallies: '结束前不显示任何选项的得票。',

  yourChoice: '您的选择',
  choiceOf: (p: { name: string }) => `${p.name} 的选择`,
  nothingChosen: '还没有选择',
  chosen: (p: { option: string }) => `已选：${p.option}`,
  changeable: '截止前可修改',
  chooseFirst: '请先选一项：赞成、反对或弃权。',
  goOn: '下一步：核对',
  aloud: (p: { question: string; options: string }) => `表决事项：${p.question}。您可以选择：${p.options}。`,
  scriptFor: (p: { name: string }) => `${p.name}，我来替您记录投票。`,
  readBack: (p: { option: string }) => `您选择：${p.option}`,
  readBackFor: (p: { name: string; option: string }) => `${p.name} 选择：${p.option}`,
  confirm: '确认投票',
  confirmAssisted: '确认代录',
  chooseAgain: '重新选择',
  sending: '正在上传…',
  recorded: (p: { option: string }) => `已投票：${p.option}`,
  recordedFor: (p: { name: string; option: string }) => `已代录：${p.name}，${p.option}`,
  recordedShort: (p: { option: string }) => `已代录：${p.option}`,
  waiting: (p: { option: string }) => `已记录，待上传：${p.option}`,
  waitingShort: '已记录，待上传',
  waitingOffline: '网络恢复后自动上传，只计一次。请不要关闭页面。',
  changeUntil: '表决结束前可以修改，以最后一次为准。',
  change: '修改选择',
  refused: '没有投成',
  offlineHint: '您仍可以投票，选择会先记在这台手机上，连上后自动上传。',
  lateTitle: '您的选择可能没有计入',
  lateWaiting: '表决结束时，您的选择还没有上传。请告诉主持人或秘书。',
  lookAtRoom: '先看会场',
  backToRoom: '回到会场',

  recusedTitle: '本项您已回避',
  recusedMeans: (p: { reason: string }) => `您不参加这次表决，不计入表决基数，仍计入到会人数。原因：${p.reason}`,
  cannotTitle: '您不在这次表决的名单中',
  voidedTitle: '这次表决作废',

  assisted: '代录',
  whoseBallot: '替谁记录投票？',
  ballotOf: (p: { name: string }) => `${p.name} 的选票`,
  assistMeans: '请当面念出题目和选项，按本人说的记录。记录会注明由您代录。',
  nobodyToAssist: '现在没有需要代录的委员',
  onlyWithoutPhone: '只看没有手机的委员',
  everybody: '显示全部委员',
  anotherPerson: '换一个人',
  nextPerson: '下一位',
  assistOthers: '替别人代录',
  backToOwn: '回到我的选票',

  sheetKinds: { paper: '请核对一张纸质票', paper_bundle: '请核对一组纸质票', hand_count: '请核对举手计票' },
  enteredBy: (p: { name: string }) => `录入人：${p.name}`,
  spoiled: '废票',
  optionCount: (p: { option: string; count: number }) => `${p.option} ${formatNumber(p.count)} 票`,
  correctionReason: (p: { reason: string }) => `这是一次更正，原因：${p.reason}`,
  checkAgainstPaper: '请对照原票或当场人数，一致才确认。',
  sheetMatches: '一致，确认',
  sheetDiffers: '不一致，退回',

  outcomes: { passed: '通过', failed: '未通过', void_no_quorum: '人数不足，无效', not_binding: '意向摸底' },
  result: (p: {
    counts: string;
    base: number;
    threshold: number;
    present: number;
    quorum: number;
    recused: number;
    outcome: string;
  }) =>
    `${p.counts}。到会 ${p.present} 人${p.quorum > 0 ? `，法定 ${p.quorum} 人` : ''}；表决基数 ${p.base}${
      p.recused > 0 ? `（${p.recused} 人回避，不计入）` : ''
    }，须 ${p.threshold} 票赞成。${p.outcome}。`,
  resultVoid: (p: { present: number; quorum: number }) =>
    `表决结束时到会 ${p.present} 人，不足法定的 ${p.quorum} 人，这次表决无效，要重新表决。`,
  resultStraw: (p: { counts: string; base: number }) => `${p.counts}，可参加 ${p.base} 人。这是意向摸底，不是决定。`,
  appraisal: {
    open: '正在填评议表',
    byPhone: '请在手机上填评议表',
    result: '评议结果',
    base: (p: { base: number }) => `发放 ${p.base} 份`,
    scale: { satisfied: '满意', fairly_satisfied: '基本满意', dissatisfied: '不满意', unknown: '不了解' },
    whole: '总体评价',
    indicator: '评议指标',
    notMarked: (p: { name: string }) => `${p.name}未填`,
    satisfaction: '满意度',
    marks: (p: { whole: string; marks: string }) => `总体${p.whole}；${p.marks}`,
    between: '，',
    mark: (p: { name: string; answer: string }) => `${p.name}评为${p.answer}`,
    outcomes: {
      passed: '达到合格线',
      failed: '没有达到合格线',
      not_binding: '有效表太少，不作结论',
      void_no_quorum: '人数不足，无效',
    },
    figures: (p: { issued: number; returned: number; valid: number; void: number }) =>
      `发放 ${p.issued} 份，回收 ${p.returned} 份，有效 ${p.valid} 份，作废 ${p.void} 份`,
    share: (p: { percent: number; satisfied: number; opinions: number }) =>
      `满意度 ${p.percent}%：（满意＋基本满意）${p.satisfied} ÷（有效−不了解）${p.opinions}`,
    noOpinion: '没有人表态',
    lineTitle: '合格线',
    line: (p: { percent: string }) => `合格线 ${p.percent}%`,
    fewest: (p: { least: number }) => `有效表要满 ${p.least} 份才作结论`,
  },
  notVotedCount: (p: { count: number }) => `未投 ${formatNumber(p.count)}`,
  spoiledCount: (p: { count: number }) => `废票 ${formatNumber(p.count)}`,
  channelCount: (p: { channel: string; count: number }) => `${p.channel} ${formatNumber(p.count)} 票`,
  corrected: (p: { time: string; reason: string }) => `${p.time} 更正，原因：${p.reason}。更正前：`,
};
