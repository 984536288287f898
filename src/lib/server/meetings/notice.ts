// The bus kind for "this meeting's log has grown to seq". Published by act.ts after its commit; heard by whoever shows or looks after a meeting.
export const meetingNotice = 'meeting';
