// What of a meeting is signed has a page of its own to sign it on: /meetings/…/minutes/sign and /meetings/…/report/sign.
import type { SignedPaper } from '#lib/domain/minutes/record.ts';

export const match = (param: string): param is SignedPaper => param === 'minutes' || param === 'report';
