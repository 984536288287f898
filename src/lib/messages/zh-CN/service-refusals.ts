// Why something about needs, micro-wishes, plans and projects is refused, in Chinese: part of the office's refusals, said by the server.
// Keyed by ServiceRefusalReason.
import { formatYuan } from '#lib/messages/format.ts';

/** What a transition of a project records, as the desk's form calls it. */
export const recordNames: Readonly<Record<string, string>> = {
  deliberatedOn: '协商日期',
  where: '在哪里协商',
  approvedFen: '批准金额',
  meeting: '哪次会议',
  for: '赞成',
  against: '反对',
  abstain: '弃权',
  publicFrom: '公示第一天',
  publicUntil: '公示最后一天',
  channel: '公示地点',
  contractNumber: '协议编号',
  signedOn: '签订日期',
  signedBy: '签订各方',
  startedOn: '开工日期',
  score: '评分',
  reviewedOn: '评审日期',
  rectifyBy: '整改期限',
  completedOn: '完成日期',
  result: '完成情况',
  issued: '发放份数',
  returned: '收回份数',
  valid: '有效份数',
  void: '无效份数',
  opinions: '表态人数',
  satisfied: '满意和基本满意',
  putRightOn: '整改完成日期',
  closedOn: '结项日期',
};

export const planParts: Readonly<Record<string, string>> = {
  need: '项目需求',
  goals: '项目目标',
  schedule: '实施进度计划',
  budget: '项目预算',
};

export const serviceRefusals = {
  'need-title-missing': (p: { most: number }) => `请用一句话写出需求，不超过 ${p.most} 个字。`,
  'need-category-unknown': () => '请在列出的类别里选一个。',
  'need-not-open-here': () => '这条需求现在不能这样处理，可能刚有人办理过。请刷新页面看看它的最新情况。',
  'need-reply-missing': (p: { most: number }) => `请写明去向和理由，提出需求的居民会看到。不超过 ${p.most} 个字。`,
  'need-merged-already': () => '这条需求已经并入另一条，请到那一条里办理。',
  'need-merge-circle': () => '不能把一条需求并入它自己，也不能并入已经并到它里面的需求。请另选一条。',
  'need-merge-target-gone': () => '没有找到要并入的需求，可能刚被办结。请刷新页面再选。',
  'need-not-routed': () => '请先为这条需求选一个去向，再做这一步。',
  'need-nothing-to-undo': () => '没有可以撤销的步骤。需要改的话，请直接重新办理。',
  'need-has-merged-ones': () => '还有需求并在这一条里，请先处理它们。',
  'need-served-by-project': () => '已经有项目在办这条需求，请到项目里处理。',
  'too-many-needs': (p: { most: number }) =>
    `这台设备今天已经提了 ${p.most} 条，请明天再提，或到服务台请工作人员代录。`,
  'collection-days-unfit': () => '请填好征集的起止日期，结束日期不能早于开始日期。',
  'collection-categories-missing': (p: { most: number }) => `请至少写一个类别；类别和张贴点各不超过 ${p.most} 个。`,
  'photo-unfit': () => '这张照片打不开。请换一张 JPG 或 PNG 照片，或者不附照片直接提交。',
  'photo-too-large': (p: { megabytes: number }) => `照片太大，请不要超过 ${p.megabytes} MB，或者不附照片直接提交。`,
  'wish-cap-unfit': (p: { yuan: number }) => `微心愿的金额请填 0 到 ${p.yuan} 元；只需要人帮忙的填 0。`,
  'wish-not-open': () => '这个心愿已经有人认领了。谢谢您，请看看别的心愿。',
  'wish-not-claimed': () => '这个心愿现在没有人认领，请先登记认领人。',
  'wish-not-fulfilled': () => '心愿实现以后才能评分，而且只能评一次。',
  'wish-over-cap': (p: { yuan: number }) => `花费不能超过这个心愿的上限 ${p.yuan} 元，请核对票据。`,
  'rating-unfit': () => '请在 1 到 5 分之间选一个。',
  'contact-missing': () => '请写下称呼和联系方式，只有工作人员看得到。',
  'plan-part-missing': (p: { part: string | number }) =>
    `方案还缺“${planParts[p.part] ?? p.part}”，四个部分写全了才能提交。`,
  'plan-phase-days': (p: { n: number }) => `实施进度第 ${p.n} 行没有填好：请写阶段名称和起止日期，结束不能早于开始。`,
  'plan-amount-unfit': (p: { n: number }) => `预算第 ${p.n} 行没有填好：请写科目和大于 0 的金额，精确到分。`,
  'plan-too-long': (p: { most: number }) => `内容太多了，这里最多 ${p.most} 个字（行），请精简。`,
  'plan-frozen': () => '方案已经提交给协商委员会，不能再改。需要修改的话，请联系社区秘书。',
  'plan-unchanged': () => '方案和上一版一样，没有需要重新提交的改动。',
  'project-deed-out-of-turn': () => '项目现在还没有到这一步，或者已经办过了。请刷新页面，看看现在该办什么。',
  'project-why-missing': (p: { most: number }) =>
    `请写明理由，会和办理人、时间一起留在项目记录里。不超过 ${p.most} 个字。`,
  'project-record-missing': (p: { field: string | number }) =>
    `还缺“${recordNames[p.field] ?? p.field}”，请补上再提交。`,
  'project-record-unfit': (p: { field: string | number }) =>
    `“${recordNames[p.field] ?? p.field}”没有填对，请检查日期、数字和文字长度。`,
  'project-no-version': () => '还没有提交过实施方案，请先写好四个部分并提交。',
  'project-checks-open': (p: { open: number }) => `预审还有 ${p.open} 项没有答复，请逐项写明结论。`,
  'project-checks-failed': (p: { failed: number }) => `预审有 ${p.failed} 项不通过，请让申报单位修改后重新提交。`,
  'project-scores-missing': () => '专家和居民都要有评分，才能完成评审。请先录入评分。',
  'project-owners-assembly': () => '这个项目属于业主大会决定的事项，这里不能立项。请打印转交函，交给业主委员会。',
  'project-owners-undecided': () => '项目涉及业主共有部分，业主的决定归档以后才能签约。请先把决定归档。',
  'project-publicity-short': (p: { days: number; least: string | number }) =>
    `按议事规则要公示 ${p.days} 天，最后一天不能早于 ${p.least}，请改过日期。`,
  'project-in-publicity': (p: { until: string | number }) =>
    `公示还没有结束（到 ${p.until} 为止），请等公示期满再签约。`,
  'project-objections-open': (p: { open: number }) => `还有 ${p.open} 条异议没有答复，请先逐条答复再签约。`,
  'project-no-organisation': () => '还没有写明承接组织，请先补上再签约。',
  'approved-over-asked': () => '批准金额要大于 0，而且不能超过申请金额，请核对。',
  'project-no-award': () => '账上还没有这个项目的资助，不能签约。请先在资金记账页为这个项目立项。',
  'project-award-differs': (p: { reservedFen: number; approvedFen: number }) =>
    `账上为这个项目留了 ${formatYuan(p.reservedFen)}，批准的是 ${formatYuan(p.approvedFen)}，对不上。请先核对账目。`,
  'project-no-envelope': () => '请选择从哪一类资金里支出。',
  'reduction-unfit': (p: { approvedFen: number }) =>
    `核减后的金额要大于 0，并且少于现在批准的 ${formatYuan(p.approvedFen)}。只能减，不能加。`,
  'appraisal-figures': () =>
    '评估数字对不上：有效票加无效票要等于收回数，收回不能多于发放，满意不能多于表态人数。请核对。',
  'score-unfit': () => '评分请填 0 到 100 的整数，并写上评审人。',
  'objection-closed': () => '公示期已经结束，不能再提异议。有意见请到居委会反映。',
  'objection-answered': () => '这条异议已经答复过了，答复不能改动。',
  'publish-not-adjourned': () => '会议还没有散会，散会以后才能公布结果。',
  'publish-nothing': () => '这次会议没有宣布过表决结果，没有可以公布的内容。',
  'publish-stands-already': () => '这次会议已经公布过了。要改的话，请先撤下原来的公告，再重新公布。',
  'publish-unsigned': () => '会议记录还没有签署完成。请先定稿并请规定的人员签署，再发布决议公告。',
  'publish-decision-instead': () => '会议记录已经签署完成，请直接发布决议公告。',
  'publish-results-not-allowed': () => '按本次会议的议事规则，签署完成以前不能公示结果。请先完成签署。',
  'publish-days-unfit': () => '公示日期没有填对：不能早于今天，结束不能早于开始，最长一年。',
  'publish-days-short': (p: { days: number; until: string | number }) =>
    `按议事规则至少公示 ${p.days} 天，最后一天不能早于 ${p.until}，请改过日期。`,
  'publish-names-somebody': (p: { name: string | number; what: string | number }) =>
    p.what === 'phone'
      ? `文字里写了${p.name}登记的手机号，不能公开。请改用居委会的办公电话。`
      : `文字里写了“${p.name}”，本人没有同意公开姓名。请改写成职务或“某委员”。`,
  'publish-title-missing': () => '请写上公告的标题。',
  'publish-contact-missing': () => '请写上受理异议的人、地址和电话，居民要知道找谁。',
  'publish-too-long': (p: { most: number }) => `内容太多了，最多 ${p.most} 个字，请精简。`,
  'publish-withdrawn': () => '这份公告已经撤下，不能再改动。',
  'publish-why-missing': (p: { most: number }) => `请写明撤下的原因，会显示给所有人。不超过 ${p.most} 个字。`,
  'appraisal-answer-missing': () => '请在“满意、基本满意、不满意、不了解”中选一项。',
  'appraisal-mark-unfit': () => '每一项的评分是 1 到 5 的整数，也可以不评。请改一下再提交。',
  'appraisal-comment-long': (p: { most: number }) => `意见请写在 ${p.most} 字以内，已写的内容没有丢。`,
  'appraisal-slip-unknown': () => '没有找到这张评估票。请核对票上的八位编码；如果票已收回，请向工作人员换一张。',
  'appraisal-slip-used': () => '这张评估票已经用过了，一张票只能填一份表。',
  'appraisal-not-open': () => '这次评估现在不收表。请看通知上的时间，或问一下工作人员。',
  'appraisal-not-drafted': () => '这次评估已经开始，不能再撤下。可以先收表，结束后再公布。',
  'appraisal-not-closed': () => '请先结束收表，再公布结果。',
  'appraisal-entries-differ': (p: { n: number }) =>
    `两次录入有 ${p.n} 处不一致。请对照纸质表核对；如果是第一次录错了，请先撤回第一次录入再重录。`,
  'appraisal-second-person': () => '同一份纸质表要由两个人各录一次，请换一位同事录第二遍。',
  'appraisal-entries-open': (p: { open: number }) =>
    `还有 ${p.open} 份纸质表只录了一遍，请第二个人录完或撤回后再结束。`,
  'appraisal-too-few': () => '有效票数没有达到规定，这次评估不下结论。请补发评估票再评一次。',
  'appraisal-terms-unfit': () =>
    '请至少写一个发放对象；对象最多 30 个、评分项最多 10 个，每个不超过 30 字且不重复；合格线在 0 到 100% 之间，最少有效票是正整数。',
  'appraisal-no-slips': () => '还没有发放评估票，请先生成并打印。',
  'appraisal-underway': () => '这个项目有一次评估还没有公布结果，请先把它做完。',
};
