// Why minutes are not frozen, signed or completed, in Chinese: whole sentences that say what to do. Spread into the office's refusals.
const numberKinds: Readonly<Record<string, string>> = { phone: '电话号码', identity: '身份证号' };

export const minutesRefusals = {
  'minutes-not-adjourned': () => '会议还没有散会。散会以后才能定稿。',
  'minutes-no-text': () => '还没有会议记录正文。请先打开会议记录页面，再来定稿。',
  'minutes-frozen': () => '会议记录已经定稿。要改动，请说明原因并开新版，原来的签署随之作废。',
  'minutes-not-frozen': () => '会议记录还没有定稿，暂时不能签署。',
  'minutes-anchors': (p: { missing: number; twice: number }) =>
    `记录里有 ${p.missing} 处事实缺失、${p.twice} 处重复。请打开会议记录页面，等它自动补齐后再定稿。`,
  'minutes-plain-name': (p: { name: string; line: number; words: string }) =>
    `正文第 ${p.line} 段（“${p.words}”）直接打出了姓名“${p.name}”。请改成 @ 提及，公开时才能遮住姓名。`,
  'minutes-plain-number': (p: { what: string; number: string; line: number; words: string }) =>
    `正文第 ${p.line} 段（“${p.words}”）里有${numberKinds[p.what] ?? '个人号码'}“${p.number}”。记录会公开，请删去号码再定稿。`,
  'minutes-nobody-signs': () => '没有可以签署的人：请先设定主席和秘书，或确认有委员到会。',
  'minutes-complete': () => '会议记录已经完成归档，不再接受签署。',
  'minutes-incomplete': () => '签署还没有达到规则要求，不能完成归档。',
  'signing-not-yours': () => '这份记录不需要您签署。如果您到会参加了会议，请联系秘书。',
  'signing-done': () => '已经签署过了，一人只签一次。',
  'signing-stale': () => '这次签署已过期或已经用过。请回到签署页面重新签一次。',
  'signing-broken': () => '签名没有通过核对，什么也没有保存。请再试一次，或改用纸质签字。',
  'signing-elsewhere': (p: { site: string }) =>
    `本机签署只能在 ${p.site} 打开的页面上进行。请用那个网址打开，或改用纸质签字。`,
  'signing-personal': (p: { what: string; found: string }) =>
    p.what === 'name'
      ? `意见会随记录公开，请不要写姓名“${p.found}”，改写职务或界别，例如“物业代表”。`
      : `意见会随记录公开，请删去${numberKinds[p.what] ?? '个人号码'}“${p.found}”。`,
  'signing-text-missing': () => '请选择意见；保留意见、拒绝签署和开新版都要写明理由。',
  'signing-key-unfit': () => '没有认出这把签署钥匙。请在本机重新登记，或改用纸质签字。',
  'signing-image-unfit': () => '手写签名图片无法使用。请清除后重写一次。',
  'paper-scan-unfit': (p: { most: number }) => `请附上签字页的照片或扫描件（JPG、PNG 或 PDF，不超过 ${p.most} MB）。`,
  'paper-second-person': () => '纸质签字要由另一个人核对确认，录入的人不能自己确认。',
  'paper-settled': () => '这份纸质签字已经处理过了。',
  'report-unanswered': (p: { count: number }) => `还有 ${p.count} 条意见没有答复。每条都有答复以后，报告才能定稿。`,
  'report-published': () => '报告已经发布，不能再开新版。',
};
