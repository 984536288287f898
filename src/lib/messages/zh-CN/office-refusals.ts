// The office's refusals in Chinese: each a whole sentence that says what to do. Said by the server (server/refusal-sentences.ts), so a
// phone never downloads them; keyed by OfficeRefusalReason.
import { formatYuan } from '#lib/messages/format.ts';
import { minutesRefusals } from './minutes-refusals.ts';
import { serviceRefusals } from './service-refusals.ts';

export const officeRefusals = {
  ...serviceRefusals,
  ...minutesRefusals,
  'wrong-name-or-password': () => '登录名或密码不对，请核对后再试。忘了密码可以请社区工作人员当面重设。',
  'too-many-wrong-passwords': (p: { minutes: number }) =>
    `这个登录名连续输错多次，为了安全请等 ${p.minutes} 分钟再试。着急的话，可以用通行密钥或纸质入场条进入，也可以请工作人员当面重设密码。`,
  'session-expired': () => '登录已过期，刚才的内容还没有保存。请在新窗口重新登录，再回到本页提交，填好的内容都还在。',
  'not-allowed': () => '您没有办理这件事的权限。需要的话，请联系社区秘书。',
  'password-too-short': (p: { least: number }) => `密码太短，请至少写 ${p.least} 个字。可以用一句自己记得住的话。`,
  'password-too-long': (p: { most: number }) => `密码太长，请不要超过 ${p.most} 个字。`,
  'password-same-as-name': () => '密码不能和登录名一样，请换一个。',
  'old-password-wrong': () => '现在的密码不对，请重新输入。',
  'login-name-unfit': () => '登录名请用 2 至 32 个汉字、小写字母或数字，中间可以有点、横线和下划线。',
  'login-name-taken': (p: { loginName: string }) => `登录名“${p.loginName}”已经有人用了，请换一个。`,
  'already-has-account': () => '这个人已经有账号了。需要的话可以给他设新密码。',
  'no-account': () => '这个人还没有账号，请先开通。',
  'passkey-not-recognised': () => '没能认出这个通行密钥。请再试一次，或改用密码、纸质入场条。',
  'passkey-known-already': () => '这个通行密钥已经登记过了。',
  'last-way-in': () => '这是唯一的登录方式，删除后就进不来了。请先设一个密码。',
  'slip-unknown': () => '没有找到这张入场条。请核对 8 位编号，或请工作人员补打一张。',
  'slip-revoked': () => '这张入场条已经作废。请使用最近一次打印的入场条，或请工作人员补打一张。',
  'slip-used': () =>
    '这张入场条已经在另一台设备上用过了。一张入场条只能用于一台设备，请让工作人员补打一张，或到签到台办理。',
  'name-missing': () => '名称不能空着，请填写。',
  'text-too-long': (p: { most: number }) => `内容太长，请不要超过 ${p.most} 个字。`,
  'name-taken': (p: { name: string }) => `“${p.name}”已经有了，请换一个名称。`,
  'not-there': () => '没有找到要办理的对象，可能刚被别人改动。请刷新页面后再试。',
  'birth-month-unfit': (p: { typed: string }) => `看不懂出生年月“${p.typed}”，请写成 1958-03 这样。`,
  'number-unfit': (p: { least: number; most: number }) => `数字请填 ${p.least} 至 ${p.most}。`,
  'still-has-groups': (p: { groups: number }) => `这个片区还有 ${p.groups} 个楼组，请先删除或移走楼组。`,
  'still-has-seats': (p: { seats: number }) =>
    `这个界别有 ${p.seats} 个席位记录，不能删除。可以改名，或把席位数调整好。`,
  'person-has-seat': () => '这个人已经有席位了，一人只能有一个席位。',
  'seat-ended': () => '这个席位已经结束，不能再改。请刷新页面。',
  'no-vacant-seat': (p: { sector: string; seats: number }) =>
    `“${p.sector}”的 ${p.seats} 个席位都有人了。请先增加席位数，或结束一个席位。`,
  'fewer-seats-than-held': (p: { held: number }) => `这个界别现有 ${p.held} 人，席位数不能比这个少。请先结束席位。`,
  'last-secretary': () =>
    '这是社区唯一能登录的负责人，去掉后就没有人能管理了。请先给另一个人开通账号并设为秘书或主任。',
  'confirmation-differs': () => '确认用的姓名和这个人的姓名不一致，没有删除。请照样输入姓名。',
  'roster-empty': () => '名册里没有内容。请粘贴表格，或选择一个有内容的 .xlsx 文件。',
  'file-unreadable': () => '这个文件打不开。请另存为 .xlsx 再上传，或者直接复制表格粘贴到文本框里。',
  'file-too-large': (p: { kilobytes: number }) => `文件太大，请不要超过 ${p.kilobytes} KB。只保留名册这张表即可。`,
  'term-has-roster': () => '本届已经有名册，不能再复制上一届的。请在现有名册上修改。',
  'rules-unfit': () => '规则没有填对，请检查标出的项目。比例要写成不大于 1 的分数，天数和时间要是整数。',
  'rules-retired': () => '这套规则已经被修改或停用。请回到列表，打开最新的版本再改。',
  'already-set-up': () => '这里已经设置过了，不能重复设置。请直接登录。',
  'amount-unfit': () => '金额要大于 0，最多写到分，比如 1200 或 1200.50。请改好再提交。',
  'over-envelope': (p: { amountFen: number; roomFen: number }) =>
    `这一类资金只剩 ${formatYuan(p.roomFen)}，不够 ${formatYuan(p.amountFen)}。请核减金额，或先按程序调整类别上限。`,
  'over-pool': (p: { amountFen: number; poolFen: number }) =>
    `资金池只剩 ${formatYuan(p.poolFen)} 可用，不够 ${formatYuan(p.amountFen)}。请核减金额，或等新的资金到账。`,
  'over-reserved': (p: { amountFen: number; reservedFen: number }) =>
    `还没有签约的只有 ${formatYuan(p.reservedFen)}，退不出 ${formatYuan(p.amountFen)}。请核对金额。`,
  'over-paid': (p: { amountFen: number; paidFen: number }) =>
    `这一期已付、没有追回的只有 ${formatYuan(p.paidFen)}，追不回 ${formatYuan(p.amountFen)}。请核对金额。`,
  'ceiling-below-used': (p: { capFen: number; usedFen: number }) =>
    `这一类已经用了 ${formatYuan(p.usedFen)}，上限不能降到 ${formatYuan(p.capFen)}。请写一个不低于已用金额的上限。`,
  'books-unbalanced': () => '这笔账收支不平，没有记入。请刷新页面再办一次；还是这样，请联系维护人员。',
  'account-overdrawn': () => '这笔账会让账户透支，没有记入。请刷新页面，看清余额再办。',
  'plan-unfit': (p: { most: number }) =>
    `分期没有填对：每一期都要有名称和大于 0 的整数份额，最多 ${p.most} 期，每期至少分到一分钱。`,
  'already-contracted': () => '这个项目已经签约分期，不能再签一次。请按期拨付。',
  'nothing-to-contract': () => '这笔立项没有可以签约的金额，可能已经全部退回资金池。请刷新页面核对。',
  'owners-undecided': () => '这笔钱涉及业主共有部分，业主的决定归档以后才能签约。请先把决定归档。',
  'award-of-project': () => '这是服务项目的资助，签约、核减和退回要在项目办理页面登记，项目和账目才不会对不上。',
  'project-being-put-right': () => '项目正在整改，整改完成以后自动恢复拨付，这里不能提前解冻。',
  'tranche-waits-for-step': () => '这一期等项目办到约定的步骤就自动可以拨付，不用另外登记条件。',
  'tranche-not-due': () => '这一期的拨付条件还没有登记。请先登记条件已满足的依据，再拨付。',
  'tranche-out-of-turn': (p: { earlier: number }) =>
    `第 ${p.earlier} 期还没有拨付或了结，不能先付后面的。请先办好第 ${p.earlier} 期。`,
  'tranche-not-waiting': () => '这一期现在没有待付的钱，可能已经拨付、冻结或退回。请刷新页面核对。',
  'tranche-not-frozen': () => '这一期没有被冻结，不用解冻。请刷新页面核对。',
};
