// Why a meeting did not do something, and what to do instead: one whole sentence for each reason the law gives, said to the person who asked.
// Parameters are those of the refusal (domain/meeting/refusal.ts); read through refusal-sentence.ts.
import type { RefusalReason } from '#lib/domain/meeting/refusal.ts';
import { stages as stageNames } from './stages.ts';

const phases: Record<string, string> = {
  draft: '会议还在筹备，没有发出通知',
  convened: '会议已通知，还没有开始签到',
  check_in: '现在是签到时间，会议还没有开始',
  in_session: '会议正在进行',
  recess: '现在休会',
  adjourned: '会议已经散会',
  cancelled: '会议已经取消',
};

const stages: Record<string, string> = {
  moved: '还在等人附议',
  ready: '还没有开始陈述',
  presenting: '正在陈述',
  debating: '正在辩论',
  voting: '已经进入表决',
  decided: '已经有了结果',
  withdrawn: '已经撤回',
  referred: '已经转交',
  passed: '已经表决',
};

const stageName = (stage: string): string => (stageNames as Record<string, string>)[stage] ?? stage;

const agendaFields: Record<string, string> = {
  itemId: '和另一项重复了',
  title: '的标题没有写，或太长了',
  presenter: '的介绍人写得太长了',
  note: '的说明太长了',
  decides: '要表决的内容没有写，或太长了',
  minutes: '的时间不对，要写整数分钟',
  amountFen: '的金额不对，要大于零',
};

export const refusals = {
  'not-entitled': '这一步要由主持人、秘书或有这项职责的人来做。需要的话，请向主持人示意。',
  'not-your-seat': '只能为自己的席位操作。要替别人办理，请到签到台找议事引导员代录。',
  'wrong-phase': (p: { phase: string }) =>
    `${phases[p.phase] ?? `会议现在的阶段是 ${p.phase}`}，这一步现在不能做。请等主持人进入下一步再试。`,
  'not-in-format': '这种形式的会议没有这一步。请按这场会议的议程进行；确实需要时，请另开一场相应形式的会议。',
  'unknown-item': '没有找到这个议题，议程可能刚有变动。请看最新的议程再试。',
  'unknown-seat': '没有找到这个席位。请核对名册，或请秘书查看。',
  'unknown-motion': '没有找到这个动议，它可能已经撤回。请看当前议题再试。',
  'unknown-poll': '没有找到这次表决，它可能已经结束。请看屏幕上正在进行的表决。',
  'unknown-request': '没有找到这个申请，它可能已经撤回或处理过了。请看最新的名单。',
  'unknown-amendment': '没有找到这个修正案，它可能已经撤回。请看当前动议再试。',
  'unknown-proposal': '没有找到这条议程修改建议，它可能已经处理过了。',
  'unknown-question': '没有找到这个问题，它可能已被撤下。请刷新问题列表。',
  'unknown-person': '没有找到这个人。请核对姓名，或请秘书查看名册。',
  'unknown-follow-up': '没有找到这件督办事项，可能刚被别人改动。请刷新后再试。',
  'owner-missing': '没有责任人不能定下来。请选一个人，或写明责任单位。',
  'day-missing': '没有期限不能定下来，期限也不能早于开会那天。请写上哪天之前办好。',
  'day-not-later': (p: { until: string }) => `延期要写一个晚于原期限（${p.until}）的日期。`,
  'unknown-sheet': '没有找到这张登记单，它可能已经更正。请看最新的登记单。',
  'text-missing': '内容是空的，请填写后再提交。',
  'text-too-long': (p: { length: number; most: number }) =>
    `写了 ${p.length} 个字，最多 ${p.most} 个字。请删短一些再提交，已写的内容都还在。`,
  'no-quorum': (p: { present: number; needed: number; missing: number; sectorsMissing: number }) =>
    `法定人数 ${p.needed} 人，实到 ${p.present} 人，${
      p.missing > 0 ? `还差 ${p.missing} 人` : `还差 ${p.sectorsMissing} 个界别的委员`
    }，请到场的委员先签到，或等人到齐后再试。`,
  'no-rules': '还没有选好议事规则，或规则没有填完整。请先选定一套规则，检查标出的项目。',
  'no-roster': '名册上还没有有表决权的委员。请先在委员会里录入委员，再发通知。',
  'no-agenda': '议程上还没有议题。请至少添加一个议题，再发通知。',
  'agenda-changed': '刚才有人改了议程。请再核对一遍。',
  'agenda-item-invalid': (p: { item: number; field: string }) =>
    `议程第 ${p.item} 项${agendaFields[p.field] ?? '有一处写得不对'}。请改好这一项再试，其他内容都还在。`,
  'short-notice': (p: { days: number; needed: number }) =>
    `按规则要提前 ${p.needed} 天通知，现在只提前 ${p.days} 天。请改期，或写明提前不足的理由，理由会向所有人公开。`,
  'agenda-not-adopted': '议程还没有通过。请主持人先通过议程，再开始第一个议题。',
  'agenda-already-adopted': '议程已经通过了。要改动请提出议程修改建议。',
  'item-not-open': '这个议题现在没有开放。请等主持人开始这个议题。',
  'item-already-open': '这个议题已经开始或办完了，不能再移动或删去。请接着办，或换一个议题。',
  'item-has-open-motion': '这个议题还有动议没有办完。请先表决、宣布结果或撤回，再往下进行。',
  'seat-already-present': '这个席位已经签到了，不用再签。',
  'seat-has-no-vote': '这个席位没有表决权，不能委托，也不能受托。请改选有表决权的席位。',
  'seat-not-present': '这个席位还没有签到，或已经离场。请先签到，再办理这一步。',
  'seat-on-leave': '这个席位已经请假。如果人到了，请到签到台办理签到。',
  'seat-taken-by-another': '这个席位已经有人签到。如果不是您本人，请到签到台说明。',
  'seat-requested-already': '您已经选了一个名字，正等工作人员确认。选错了请到签到台说明。',
  'wrong-mode': '到会方式不对。在会场请选“现场”，在家请选“远程”。',
  'request-already-queued': '您已经在发言队列里了，请等主持人点名。',
  'speech-limit-reached': (p: { limit: number }) =>
    `每人在同一个动议上最多发言 ${p.limit} 次，您已经用完。可以写成书面意见交给秘书。`,
  'someone-is-speaking': '有人正在发言。请等发言结束，或请主持人先结束这次发言。',
  'nobody-is-speaking': '现在没有人在发言。请先请一位发言人。',
  'timer-running': '计时已经在走了，不用再开始。',
  'timer-not-running': '计时没有在走。请先开始计时。',
  'override-needs-reason': '不按队列顺序请人发言要写明理由，理由会向所有人公开。请填写理由。',
  'motion-already-open': '一次只能办一件事，还有一个动议没有办完。请等它有了结果再提。',
  'motion-wrong-stage': (p: { stage: string }) =>
    `这个动议${stages[p.stage] ?? `现在的阶段是 ${p.stage}`}，这一步不能做。请看屏幕上的下一步。`,
  'motion-not-seconded': '还没有人附议。请等另一位委员附议后再进行。',
  'own-motion': '不能附议自己的动议或修正案，要由另一位委员附议。',
  'amendment-pending': '还有一个修正案没有表决。请先表决修正案，再继续。',
  'amount-not-lower': '不经表决只能把金额改低。请填写比现在小的金额，或提出修正案。',
  'amount-invalid': '金额要是大于零、最多两位小数的数。请重新填写。',
  'owners-assembly-only': '这件事按法律要由业主大会决定，这里不能表决。请打印转交函，交给业主委员会。',
  'already-recused': '这个席位在这个动议上已经回避了。',
  'not-recused': '这个席位在这个动议上没有回避，不用取消。',
  recused: '您在这个动议上回避，不参加附议、发言和表决。您仍计入到会人数。',
  'recusal-not-in-rules': '本次会议的规则没有设回避。有利害关系的，请向主持人说明并记入纪要。',
  'poll-already-open': '还有一次表决没有结束。请先结束这次表决。',
  'poll-not-open': '这次表决没有开放，或已经截止。截止前收到的票都已计入，您可以在结果里核对。',
  'poll-not-closed': '这次表决还没有结束。请先结束表决，再宣布结果。',
  'poll-already-announced': '结果已经宣布，不能再改。发现差错请做更正，两份结果都会保留。',
  'too-few-to-hide': (p: { voters: number; least: number }) =>
    `能投票的只有 ${p.voters} 人，少于 ${p.least} 人藏不住姓名，不能用不记名方式。请改用记名表决；已经开始的请先作废。`,
  'not-in-electorate': '表决开始时这个席位不在投票人名单里，不能投这一次。下一次表决可以参加。',
  'choice-invalid': '这张票的填法不对。请从列出的选项里选一个再提交。',
  'second-person-needed': (p: { count: number }) =>
    `还有 ${p.count} 份登记要由另一个人核对。请让监票人在自己的设备上核对后再试。`,
  'sheet-already-settled': '这张登记单已经核对过了。发现差错请做更正，两份都会保留。',
  'sheet-does-not-reconcile': '登记的票数和人数对不上。请重新点数，改好后再提交。',
  'seat-voted-otherwise': '这个席位已经用别的方式投过票。一个席位只有一票，请先核对是哪一张有效。',
  'proxies-not-in-rules': '本次会议的规则不允许委托。不能到场的委员可以远程参加。',
  'unanswered-business': (p: { count: number }) =>
    `还有 ${p.count} 件事没有办完，如未表决的动议或未宣布的结果。请先办完；确定要散会的，请勾选“已知晓”，会写入纪要。`,
  'unknown-call': '没有找到这次资金表决，它可能已经撤下。请看最新的列表再试。',
  'call-unsound': '这次资金表决有一处填得不对。请核对金额、项目和选票限制后再试。',
  'call-closed': '这次资金表决已经开始投票，不能再改。要改动请先作废本次表决。',
  'unknown-rule': '没有这种计票办法。请从列表里重新选择一种。',
  'rule-needs-points': '这种办法要按分数计票，而勾选的选票没有分数。请换一种办法，或改用打分、排序的选票。',
  'unknown-project': '没有找到这个项目，它可能已经改过编号。请看最新的项目列表再试。',
  'ballot-unsound': '这张选票的填法不对，没有计入。请核对后再提交。',
  'count-not-ready': '还在计票，结果还没有出来。请稍等，算好后再宣布。',
  'count-failed': '这次没有算出结果，不能宣布。请作废本次表决，换一种计票办法再投。',
  'slip-on-paper': '这张投票条的纸质票已经录入，不能再用手机投。有疑问请找工作人员。',
  'slip-voted': '这张投票条已经用手机投过票，不能再录纸质票。如果票面不同，请先核对是谁投的。',
  'unknown-slip': '没有找到这张投票条。请核对编码，或请工作人员补发一张。',
  'slip-revoked': '这张投票条已经作废，不能投票。请向工作人员换一张新的。',
  'command-malformed': '提交的内容看不懂，没有办理。请刷新页面再试一次。',
  'session-expired': '登录已经过期，这一步没有办理。请重新登录，已经确认的内容都在。',
  'too-many-attempts': '操作太频繁了，请等一会儿再试。',
  'too-large': '内容太大，没有提交。请删短或换小一点的文件再试。',
  'meeting-live': '有会议正在进行，现在不能做这件事。请等散会后再试。',
  'realm-mismatch': '练习和正式会议不能混在一起。请回到原来的会议再操作。',
  'already-done': '这一步已经办好了，不用再做。',
  offline: '现在没有连上，这一步还没有办理。请检查网络，连上后再试一次。',
  'server-failed': '服务器这一下没有办成，什么都没有改动。请再试一次；还是不行，请告诉秘书。',
  'unknown-meeting': '没有找到这场会议。请核对六位会议号。',
  'unknown-stage': '这种会议没有这个环节。请刷新页面，按屏幕上列出的环节进行。',
  'wrong-stage': (p: { stage: string }) => `现在是“${stageName(p.stage)}”，这一步要在别的环节做。请看屏幕上的下一步。`,
  'stage-back-needs-reason': '退回前面的环节要说明理由，大家都会看到。请写一句再试。',
  'unknown-participant': '名单里没有这个人。请先登记入场，再来办理。',
  'participant-gone': '这个人已经离场。回来的话，请先重新登记入场。',
  'not-your-part': '只能为自己办理。要替没有手机的人办理，请找签到台的引导员代录。',
} satisfies Record<RefusalReason, string | ((p: never) => string)>;
