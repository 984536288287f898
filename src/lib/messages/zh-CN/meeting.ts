// What a meeting is made of, in words: phases, seats, stances, stages, ballots. Shared by the room, the console, the big screen and the replay.
import type { SigningTerms } from '#lib/domain/meeting/rules.ts';

export const meeting = {
  phases: {
    draft: '筹备中',
    convened: '已通知',
    check_in: '签到中',
    in_session: '进行中',
    recess: '休会中',
    adjourned: '已闭会',
    cancelled: '已取消',
  },
  signersTitle: '会议记录由谁签',
  /** Whoever signs the minutes, as a part of a sentence. */
  signers: ({ kind, least }: SigningTerms): string =>
    kind === 'joint'
      ? '与会各方会签'
      : least === 0
        ? '主席和秘书签署'
        : kind === 'council'
          ? `主席、秘书和至少 ${least} 名委员签署`
          : `主席、秘书和每个界别至少 ${least} 人签署`,
  signersSentence: (terms: SigningTerms): string => `会议记录由${meeting.signers(terms)}。`,
  toSigning: '去看签署进展',
  practice: '练习会议：一切都不算数，结束后清除。',
  erased: '（姓名已删除）',
  vacantWords: '（内容已删除）',

  expected: '应到',
  present: '实到',
  quorum: '法定',
  watching: '旁听',
  onLeave: '请假',
  absent: '缺席',
  away: '断线',
  left: '已离场',
  quorumMet: '已达法定人数',
  quorumMissing: (p: { missing: number }) => `还差 ${p.missing} 人`,
  sectorsMissing: (p: { missing: number }) => `还差 ${p.missing} 个界别`,
  quorumEdge: '刚好达到法定人数，再有一人离场就不能表决。',
  quorumLost: (p: { present: number; needed: number }) =>
    `到会 ${p.present} 人，不足法定的 ${p.needed} 人，暂时不能表决。`,
  sectorPresence: (p: { sector: string; present: number; seats: number }) =>
    `${p.sector} 到会 ${p.present} / ${p.seats}`,

  modes: { hall: '会场', remote: '远程' },
  nonVoting: '列席',

  itemOf: (p: { n: number; of: number }) => `议题 ${p.n} / ${p.of}`,
  itemKinds: {
    opening: '开场',
    report: '通报',
    deliberation: '审议',
    motion: '议决',
    straw: '意向摸底',
    closing: '收尾',
    other: '其他',
  },
  presenter: (p: { name: string }) => `陈述：${p.name}`,
  minutes: (p: { minutes: number }) => `${p.minutes} 分钟`,
  itemStatus: { open: '正在进行', done: '已完成', coming: '未开始' },
  ownersMatters: {
    touches_common_parts: '涉及业主共有部分',
    owners_assembly: '须业主大会决定',
  },
  ownersMatterMeans: {
    touches_common_parts: '可以表决；通过后须等业主共同决定备案，才能签约。',
    owners_assembly: '本会不能表决，将转请业主大会决定。',
  },
  pulled: {
    needs: (p: { count: number }) => `转办居民需求 ${p.count} 项`,
    followUps: (p: { count: number }) => `上次会议督办 ${p.count} 项`,
  },
  formatKind: '哪种会议的规则',
  partyPositions: { agree: '同意', reserve: '保留', oppose: '反对' },
  outcomes: {
    agreed: '议定',
    accepted: '承接',
    declined: '不予承办',
    money_asked: '费随事转',
    sent_up: '记录分歧，上报',
  },
  listings: { on_list: '清单内', off_list: '清单外', unclear: '清单待核' },
  listingMeans: {
    on_list: '属于社区职责清单内的事项。',
    off_list: '不在职责清单内：可以说“不”，也可以按“费随事转”承接。',
    unclear: '是否在职责清单内，还要核对。',
  },

  amount: '申请经费',
  amountWas: (p: { amount: string }) => `原 ${p.amount}`,

  money: {
    title: '资金余额',
    pool: '资金池还剩',
    ofTotal: (p: { total: string }) => `共 ${p.total}`,
    ofCap: (p: { cap: string }) => `上限 ${p.cap}`,
    poolLeft: (p: { left: string; total: string }) => `资金池还剩 ${p.left}，共 ${p.total}`,
    left: (p: { left: string; cap: string }) => `还剩 ${p.left} / 上限 ${p.cap}`,
    asks: (p: { amount: string }) => `本项 ${p.amount}`,
    doesNotFit: '超出余额',
    takenFrom: (p: { envelope: string; room: string }) => `从“${p.envelope}”列支，通过后这一类还剩 ${p.room}。`,
    overEnvelope: (p: { envelope: string; amount: string; room: string; pool: string; missing: string }) =>
      `“${p.envelope}”只剩 ${p.room}，不够 ${p.amount}，差 ${p.missing}；资金池还剩 ${p.pool}。可以照常表决，但通过了也不会立项入账。`,
    overPool: (p: { amount: string; pool: string; missing: string }) =>
      `资金池只剩 ${p.pool}，不够 ${p.amount}，差 ${p.missing}。可以照常表决，但通过了也不会立项入账。`,
    inEnvelope: (p: { envelope: string }) => `“${p.envelope}”这一类`,
    inPool: '资金池',
    overInShort: (p: { where: string; left: string; missing: string }) =>
      `${p.where}只剩 ${p.left}，差 ${p.missing}：可以表决，但通过了也不会入账。`,
    booked: (p: { amount: string; envelope: string }) => `已立项入账 ${p.amount}，从“${p.envelope}”列支。`,
    notBooked: {
      envelope: (p: { amount: string; envelope: string; room: string }) =>
        `表决通过，但没有立项入账：“${p.envelope}”只剩 ${p.room}，不够 ${p.amount}。`,
      pool: (p: { amount: string; pool: string }) =>
        `表决通过，但没有立项入账：资金池只剩 ${p.pool}，不够 ${p.amount}。`,
      awarded: (p: { amount: string }) =>
        `表决通过，但没有再次立项入账：表决期间该项目已经另行立项，${p.amount} 不重复列支。如需调整金额，请在项目页面办理。`,
    },
    released: (p: { released: string }) => `结果已更正，${p.released} 退回资金池。`,
    partlyReleased: (p: { released: string; kept: string }) =>
      `结果已更正，${p.released} 退回资金池；${p.kept} 已经签约，须另行处理。`,
  },

  stances: { for: '赞成', against: '反对', question: '提问', add: '补充' },
  pointOfOrder: '程序问题',
  queueReasons: {
    point_of_order: '程序问题优先',
    in_turn: '代表依次发言',
    first_time: '首次发言优先',
    alternate_sides: '正反方交替',
    balance_sectors: '界别轮流',
    balance_areas: '片区轮流',
    balance_channels: '会场与远程平衡',
    arrival: '按举手先后',
    override: '主持人调整',
    presentation: '陈述',
    away: '断线，连上后再请发言',
  },
  overrideSaid: (p: { reason: string }) => `主持人调整了顺序：${p.reason}`,

  motionStages: {
    moved: '等待附议',
    ready: '等待提交',
    presenting: '陈述',
    debating: '辩论',
    voting: '表决',
    decided: '已表决',
    withdrawn: '已撤回',
    referred: '已转办',
  },
  motionOutcomes: { passed: '通过', failed: '未通过' },
  amendmentOutcomes: { adopted: '已采纳', rejected: '未采纳', withdrawn: '已撤回' },
  ownersLetter: (p: { title: string }) => `转请业主决定的函：${p.title}`,
  contractLocked: '已通过；业主共同决定备案前不能签约。',
  moverAndSeconder: (p: { mover: string; seconder: string }) => `${p.mover} 提出，${p.seconder} 附议`,
  mover: (p: { mover: string }) => `${p.mover} 提出`,
  putByAgenda: '议程列明，无需附议',
  renewed: '重新提出的动议',
  amendment: '修正案',
  amendmentAmount: (p: { amount: string }) => `金额改为 ${p.amount}`,
  reduced: (p: { from: string; to: string; reason: string }) =>
    `经承接方同意，由 ${p.from} 核减为 ${p.to}：${p.reason}`,
  recused: '回避',
  recusedNames: (p: { names: string }) => `回避：${p.names}`,
  recusalReason: (p: { name: string; reason: string }) => `${p.name} 回避：${p.reason}`,

  secrecy: { named: '记名', hidden: '不记名' },
  options: { for: '赞成', against: '反对', abstain: '弃权' },
  channels: { phone: '本人手机', assisted: '代录', paper: '纸质票', hand_count: '举手计票' },
  baseAndThreshold: (p: { base: number; threshold: number }) => `表决基数 ${p.base}，${p.threshold} 票赞成即通过`,
  baseOnly: (p: { base: number }) => `可表决 ${p.base} 席`,
  straw: '意向摸底',
  strawMeans: '只了解大家的想法，不是决定。',
};
