// English words of signing in and out and of opening a printed slip.
import type { signing as chinese } from '#lib/messages/zh-CN/signing.ts';

export const signing: typeof chinese = {
  title: 'Sign in',
  loginName: 'Login name',
  password: 'Password',
  submit: 'Sign in',
  hint: 'Forgot your password? Community staff can give you a new one in person. Watching a meeting needs no sign-in.',
  welcome: (p) => `Hello, ${p.name}`,

  passkeyTitle: 'With a passkey',
  passkeyText: 'Sign in with this device’s fingerprint, face or screen lock.',
  passkeyUse: 'Sign in with a passkey',
  passkeyInsecure:
    'This address is not an encrypted connection (https), so the browser does not allow passkeys. Please use your password or a printed slip.',
  passkeyUnsupported: 'This browser does not support passkeys. Please use your password or a printed slip.',
  passkeyCancelled: 'The check was not completed. You can try again, or use your password or a printed slip.',

  slipTitle: 'With a printed slip',
  slipText:
    'The slip you were given before the meeting has a QR code and 8 characters. Scan it or type the characters here.',
  slipCode: 'Slip code',
  slipSubmit: 'Open the slip',

  slipPageTitle: 'Entry slip',
  slipFor: (p) => `Hello, ${p.name}`,
  slipMeeting: (p) => `You are invited to: ${p.title}`,
  slipWhen: (p) => `When: ${p.when}`,
  slipWhere: (p) => `Where: ${p.place}`,
  slipEnter: (p) => `I am ${p.name}: enter the meeting`,
  slipNotYou: 'If this is not you, please do not enter; give the slip back to the staff.',
  slipOneDevice: 'Once you enter, this slip works on this device only.',
  slipSwitch: (p) =>
    `${p.name} is signed in on this device. After entering, the device will act for the person on the slip.`,
  slipUsedHere: 'You have entered with this slip before and can go straight back to the meeting.',
  slipBack: 'Back to the meeting',
  slipFailed: 'This slip cannot be used',
  slipOther: 'Other ways in',
  slipAskDesk: 'You can go to the check-in desk: the staff will sign you in.',

  signOutTitle: 'Sign out',
  signOutText: (p) =>
    `Sign ${p.name} out on this device? A meeting you are taking part in will show you as away for the moment.`,
  signOutConfirm: 'Sign out',
  signOutNobody: 'Nobody is signed in on this device.',

  expiredSignIn: 'Sign in in a new window',
  account: 'My account',
  office: 'Community office',
};
