// Words of the funding ballot: the counting rules as they are explained before the vote, why each project was or was not funded, the steps of the
// count, and what is refused. Put together by funding-sentences.ts; the structures behind them are in domain/funding.
export const funding = {
  /** `name` is read in lists; `how` is read out before the vote. */
  rules: {
    greedy_votes: {
      name: '票多者先',
      how: '得票多的项目先资助；剩下的钱不够时跳过它，接着看下一个。',
    },
    greedy_votes_per_cost: {
      name: '每元得票多者先',
      how: '按“得票÷金额”排序，同样的钱得票多的项目先资助；剩下的钱不够时跳过它，接着看下一个。',
    },
    greedy_points: {
      name: '分高者先',
      how: '总得分高的项目先资助；剩下的钱不够时跳过它，接着看下一个。',
    },
    mes_cost: {
      name: '等份法（看金额）',
      how: '先把钱平均分到每张票名下。项目由支持它的人用名下的钱一起承担，每资助一元各人出得最少的先办，直到再没有项目凑得齐。没用完的钱留着。',
    },
    mes_cost_greedy: {
      name: '等份法（看金额），余款按票数',
      how: '先把钱平均分到每张票名下。项目由支持它的人用名下的钱一起承担，每资助一元各人出得最少的先办。再没有项目凑得齐时，余款按票数从多到少资助。',
    },
    mes_cost_add1u: {
      name: '等份法（看金额），逐元加份',
      how: '先把钱平均分到每张票名下，项目由支持它的人用名下的钱一起承担，每资助一元各人出得最少的先办。钱用不完，就把每人的一份一元一元加上去重新算，直到再加就超出总额；最后的余款按票数从多到少资助。',
    },
    mes_cost_tool_add1u: {
      name: '等份法（看金额），整元逐元加份',
      how: '与“逐元加份”相同，只是每人的一份从整元数开始加，这是 equalshares.net 计算工具的做法。',
    },
    mes_cardinality: {
      name: '等份法（看项数）',
      how: '先把钱平均分到每张票名下。项目由支持它的人用名下的钱一起承担，每人出得最少的项目先办，直到再没有项目凑得齐。没用完的钱留着。',
    },
    mes_cardinality_greedy: {
      name: '等份法（看项数），余款按票数',
      how: '先把钱平均分到每张票名下。项目由支持它的人用名下的钱一起承担，每人出得最少的项目先办。再没有项目凑得齐时，余款按票数从多到少资助。',
    },
    mes_cardinality_add1u: {
      name: '等份法（看项数），逐元加份',
      how: '先把钱平均分到每张票名下，项目由支持它的人用名下的钱一起承担，每人出得最少的项目先办。钱用不完，就把每人的一份一元一元加上去重新算，直到再加就超出总额；最后的余款按票数从多到少资助。',
    },
    mes_points: {
      name: '等份法（看分数）',
      how: '先把钱平均分到每张票名下。项目由给它打分的人按分数一起承担，每一分出得最少的先办，直到再没有项目凑得齐。没用完的钱留着。',
    },
    mes_points_greedy: {
      name: '等份法（看分数），余款按得分',
      how: '先把钱平均分到每张票名下。项目由给它打分的人按分数一起承担，每一分出得最少的先办。再没有项目凑得齐时，余款按总得分从高到低资助。',
    },
    phragmen: {
      name: '负担均衡法',
      how: '资助一个项目，它的金额就算作支持者共同的负担。每次资助能让支持者负担最轻的那一个；轮到的项目钱不够时，计算结束。',
    },
    max_welfare_cardinality: {
      name: '总得票最多的组合',
      how: '在钱够用的所有组合里，选总得票最多的一组。',
    },
    max_welfare_cost: {
      name: '得票乘金额最多的组合',
      how: '在钱够用的所有组合里，选“得票×金额”合计最多的一组。',
    },
  },
  ties: {
    id: '完全并列时，编号靠前的先。',
    'lower-cost': '完全并列时，金额少的先；再相同，编号靠前的先。',
    'more-votes': '完全并列时，得票多的先；再相同，编号靠前的先。',
    draw: '完全并列时，按公开抽签的种子排定先后，谁都可以用同一个种子重算。',
  },
  measures: { votes: '票数', 'votes-per-cost': '每元得票', points: '得分' },

  funded: (p: { why: string }) => `获得资助：${p.why}`,
  notFunded: (p: { why: string }) => `未获资助：${p.why}`,
  how: {
    'by-votes': (p: { supporters: string; place: number }) =>
      `${p.supporters} 人支持，按票数排第 ${p.place}，轮到时钱够用。`,
    'by-votes-per-cost': (p: { supporters: string; place: number }) =>
      `${p.supporters} 人支持，按每元得票排第 ${p.place}，轮到时钱够用。`,
    'by-points': (p: { score: string; place: number }) => `得 ${p.score} 分，排第 ${p.place}，轮到时钱够用。`,
    'by-shares': (p: { supporters: string; pay: string }) => `${p.supporters} 位支持者每人出约 ${p.pay}，凑齐了。`,
    'by-shares-rest': (p: { supporters: string; pay: string; inFull: string; rest: string }) =>
      `${p.supporters} 位支持者凑齐了：${p.inFull} 人各出约 ${p.pay}，${p.rest} 人名下不够这个数，剩多少出多少。`,
    'by-point-shares': (p: { supporters: string; pay: string }) =>
      `${p.supporters} 位支持者每给一分出约 ${p.pay}，凑齐了。`,
    'by-point-shares-rest': (p: { supporters: string; pay: string; inFull: string; rest: string }) =>
      `${p.supporters} 位支持者凑齐了：${p.inFull} 人每给一分出约 ${p.pay}，${p.rest} 人名下不够这个数，剩多少出多少。`,
    'by-load': (p: { supporters: string; load: string }) =>
      `${p.supporters} 位支持者平均分担后，每人累计负担约 ${p.load}，在当时各项目里最轻。`,
    'in-best-votes': (p: { best: string }) => `在钱够用的所有组合里，总得票最多的一组（${p.best} 票）里有它。`,
    'in-best-cost': '在钱够用的所有组合里，“得票×金额”合计最多的一组里有它。',
  },
  obstacles: {
    'over-budget': (p: { remaining: string; missing: string }) => `轮到它时只剩 ${p.remaining}，还差 ${p.missing}。`,
    'envelope-full': (p: { envelope: string; remaining: string; missing: string }) =>
      `“${p.envelope}”这一类只剩 ${p.remaining}，还差 ${p.missing}。`,
    'variant-taken': (p: { other: string }) => `同一个项目的另一方案“${p.other}”已获资助。`,
    'supporters-short': (p: { supporters: string; hold: string; missing: string }) =>
      `${p.supporters} 位支持者名下一共还有 ${p.hold}，还差 ${p.missing}。`,
    'no-supporters': '没有人支持它。',
    'stopped-at': (p: { other: string }) => `先轮到的“${p.other}”钱不够，计算到那里就结束了。`,
    'not-in-best-votes': (p: { best: string; withIt: string }) =>
      `要选它，最多只能凑出 ${p.withIt} 票，比选中的一组（${p.best} 票）少。`,
    'not-in-best-cost': '要选它，凑出的“得票×金额”合计比选中的一组少。',
    'equal-best': '有它的一组和选中的一组同样多，按事先定好的办法选了另一组。',
    'no-combination': '它的金额超过了能用的钱，没有哪个组合选得了它。',
  },
  tiedWith: (p: { others: string }) => `它与${p.others}完全并列，先后按事先定好的办法决定。`,

  steps: {
    shares: (p: { perVoter: string }) => `把钱平均分给每张票：每人约 ${p.perVoter}。`,
    sharesRaised: (p: { perVoter: string; raised: string }) =>
      `每人的一份加了 ${p.raised} 元，到约 ${p.perVoter} 时得出这个结果；再加就会超出总额，或已没有项目可加。`,
    completion: (p: { measure: string; remaining: string }) => `还剩 ${p.remaining}，按${p.measure}从高到低补足。`,
    take: (p: { name: string; remaining: string }) => `资助“${p.name}”，还剩 ${p.remaining}。`,
    pass: (p: { name: string; why: string }) => `跳过“${p.name}”：${p.why}`,
    stop: (p: { name: string; why: string }) => `轮到“${p.name}”：${p.why}计算结束。`,
  },

  /** Why the call cannot be put to the vote. */
  callRefusals: {
    'no-projects': '还没有项目。请至少加入一个项目。',
    'no-seed': '选了公开抽签，但没有填种子。请填写当众抽出的数字或文字，前后不要有空格。',
    'bad-terms': '选票的限制不对。请填写大于零的整数，或不设限制。',
    'bad-id': (p: { id: string }) => `编号“${p.id}”不能用。请只用字母、数字和短横线，不要有空格、逗号、分号或引号。`,
    'project-twice': (p: { id: string }) => `项目编号“${p.id}”用了两次。请改掉其中一个。`,
    'envelope-twice': (p: { id: string }) => `资金类别“${p.id}”出现了两次。请删去一个。`,
    'unknown-envelope': (p: { project: string }) => `“${p.project}”的资金类别不存在。请重新选择类别。`,
    'variants-apart': (p: { project: string }) =>
      `“${p.project}”和同一项目的另一方案不在同一资金类别。请放到同一类别里。`,
    'negative-fen': (p: { what: string }) => `${p.what}的金额是负数。请改成大于零的金额。`,
    'fractional-fen': (p: { what: string }) => `${p.what}的金额不是整分。请精确到分，不要更细。`,
    'amount-too-large': (p: { what: string }) => `${p.what}的金额太大，无法准确计算。请核对是否多写了零。`,
    'amount-zero': (p: { what: string }) => `${p.what}的金额是零。请填写大于零的金额。`,
    'cost-above-every-source': (p: { project: string; cost: string; limit: string }) =>
      `“${p.project}”要 ${p.cost}，超过了能出的 ${p.limit}，怎么投都资助不了。请核减金额，或不列入本次投票。`,
    theBudget: '资金总额',
    named: (p: { id: string }) => `“${p.id}”这一项`,
  },
  /** Why a ballot is not counted, said to whoever fills it in. */
  ballotRefusals: {
    'empty-ballot': '还没有选项目。请至少选一个再提交。',
    'unknown-choice': (p: { project: string }) => `“${p.project}”不在这次的项目里。请重新打开选票再选。`,
    'choice-twice': (p: { project: string }) => `“${p.project}”选了两次。请去掉一个。`,
    'too-many-choices': (p: { chosen: number; atMost: number }) =>
      `选了 ${p.chosen} 个，最多可选 ${p.atMost} 个。请去掉一些再提交。`,
    'over-budget': (p: { cost: string; budget: string }) =>
      `选中的项目一共要 ${p.cost}，超过了总额 ${p.budget}。请去掉一些再提交。`,
    'points-missing': (p: { project: string }) => `还没有给“${p.project}”打分。请补上分数，或不选它。`,
    'bad-points': (p: { project: string }) => `给“${p.project}”的分数不对。请填写零或更大的整数。`,
    'too-many-points': (p: { project: string; points: number; atMost: number }) =>
      `给了“${p.project}” ${p.points} 分，一个项目最多 ${p.atMost} 分。请减少一些。`,
    'points-do-not-sum': (p: { given: number; total: number }) =>
      `一共打了 ${p.given} 分，应当正好是 ${p.total} 分。请调整后再提交。`,
    'seat-twice': (p: { seat: string }) => `席位 ${p.seat} 有两张票。请核对后只保留一张。`,
  },
  countRefusals: {
    'unknown-rule': (p: { rule: string; known: string }) => `没有“${p.rule}”这种计票办法。可用的办法：${p.known}`,
    'rule-needs-points': (p: { rule: string }) =>
      `“${p.rule}”要按分数计票，而这些选票没有分数。请换一种办法，或使用打分、排序的选票。`,
  },

  /** Why a .pb file cannot be counted. */
  pbAtLine: (p: { line: number; why: string }) => `第 ${p.line} 行：${p.why}`,
  pbRefusals: {
    'unclosed-quote': '引号没有结束。请补上另一半引号。',
    'outside-sections': '这一行不属于任何部分。文件应以 META 开头，然后是 PROJECTS 和 VOTES。',
    'section-twice': (p: { section: string }) => `${p.section} 部分出现了两次。请合并成一个。`,
    'section-missing': (p: { section: string }) => `缺少 ${p.section} 部分。请核对文件是否完整。`,
    'header-missing': (p: { section: string }) => `${p.section} 部分没有列名。请在它的下一行写上列名。`,
    'column-missing': (p: { section: string; column: string }) => `${p.section} 部分缺少“${p.column}”这一列。请补上。`,
    'column-twice': (p: { section: string; column: string }) =>
      `${p.section} 部分有两列都叫“${p.column}”。请改掉一个列名。`,
    'wrong-field-count': (p: { found: number; expected: number }) =>
      `这一行有 ${p.found} 栏，列名有 ${p.expected} 个。请核对分号；含分号的文字要放在引号里。`,
    'key-missing': (p: { key: string }) => `META 部分缺少“${p.key}”。请补上这一行。`,
    'key-twice': (p: { key: string }) => `META 部分有两行“${p.key}”。请只保留一行。`,
    'bad-amount': (p: { field: string; value: string }) =>
      `${p.field} 的值“${p.value}”不是金额。请写成数字，例如 48000 或 48000.50。`,
    'negative-amount': (p: { field: string; value: string }) =>
      `${p.field} 的值 ${p.value} 是负数。请改成零或更大的数。`,
    'amount-too-large': (p: { field: string; value: string }) =>
      `${p.field} 的值 ${p.value} 太大，无法准确计算。请核对。`,
    'unknown-vote-type': (p: { value: string }) =>
      `不认识选票类型“${p.value}”。可用 approval、choose-1、ordinal、cumulative、scoring。`,
    'unknown-tie-rule': (p: { value: string }) => `不认识并列办法“${p.value}”。可用 id、lower-cost、more-votes、draw。`,
    'bad-points': (p: { value: string }) => `分数“${p.value}”不是数字。请改正。`,
    'not-one-choice': (p: { value: string }) =>
      `这张票选了“${p.value}”，而 choose-1 只能选一个。请核对选票或选票类型。`,
    'count-differs': (p: { key: string; stated: string; found: number }) =>
      `${p.key} 写的是 ${p.stated}，文件里却有 ${p.found} 个。文件可能不完整，请核对。`,
    'empty-id': (p: { column: string }) => `${p.column} 是空的。请补上。`,
    'project-twice': (p: { id: string }) => `项目编号“${p.id}”重复了。请改正。`,
    'voter-twice': (p: { id: string }) => `投票人“${p.id}”有两张票。请只保留一张。`,
    'unknown-project': (p: { id: string }) => `选了不存在的项目“${p.id}”。请核对编号。`,
    'unknown-envelope': (p: { id: string }) => `资金类别“${p.id}”没有在 META 部分列出。请补上它的限额。`,
    'variants-apart': (p: { id: string }) => `同一项目“${p.id}”的几个方案不在同一资金类别。请放到同一类别。`,
    'points-differ': (p: { projects: number; points: number }) =>
      `列了 ${p.projects} 个项目，却有 ${p.points} 个分数。请一一对应。`,
  },
  command: {
    usage: '用法：npm run --silent count -- --rule 计票办法 文件.pb，加 --explain 列出每一步。',
    unreadable: (p: { file: string; reason: string }) => `读不到文件 ${p.file}（${p.reason}）。请核对文件名。`,
    uncountable: (p: { reason: string }) => `这个文件无法计票（${p.reason}）。请核对其中的金额。`,
  },
};
