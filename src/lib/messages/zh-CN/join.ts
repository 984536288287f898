// Words of the way into a meeting: six digits, and the four ways to come in.
export const join = {
  title: '参加会议',
  code: '会议号',
  codeHint: '会场大屏和通知上的六位数字。',
  find: '进入',
  unknownCode: (p: { code: string }) =>
    `没有会议号是“${p.code}”的会议。请对照大屏或通知重新输入；练习会议结束后号码即失效。`,
  codeWrong: '会议号是六位数字，请重新输入。',
  otherCode: '换一个会议号',
  when: (p: { time: string }) => `时间：${p.time}`,
  place: (p: { place: string }) => `地点：${p.place}`,
  notYet: '签到还没有开放，可以先看议程；开放后再来签到。',
  ended: '会议已经结束，可以查看结果。',

  asMember: '我是委员',
  signedIn: (p: { name: string }) => `您是 ${p.name}`,
  where: '您在哪里参会？',
  alreadyIn: '您已经签到，可以直接进入。',
  toRoom: '进入会议',
  noSeat: '您登录的账号在这场会议没有席位，可以旁听。',
  signIn: '用账号登录',
  bySlip: '用入场条上的编号',
  slipHint: '秘书发的入场条上有八位编号，只能用一次。',
  slipCode: '入场条编号',
  slipGo: '用入场条入席',
  byName: '从名单中找到自己',
  byNameHint: '没有账号也没有入场条时使用。选好后请工作人员看一眼，同意后即可入席。',
  yourName: '姓名',
  request: '请求入席',
  taken: '已签到',

  asResident: '我是居民，想旁听',
  residentHint: '不用登录，不用留名。想提问时再写一个称呼。',
  watch: '旁听',

  takePart: '参加议事',
  takesPart: (p: { name: string }) => `您已经入场，称呼是“${p.name}”。`,
  shownName: '怎么称呼您',
  shownNameHint: '大家会看到，可以用昵称，例如“三楼的小周”。',
  zone: '您住在哪个片区',
  noZone: '不说也可以',
  comeIn: '入场',
};

export type JoinMessages = typeof join;
