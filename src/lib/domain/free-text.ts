// Free text on its way into the office's tables: control characters gone, trimmed, counted in characters. Used by every law outside a meeting
// that takes words from people. Whether a length will do is each law's own question.

const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export const lengthOf = (text: string): number => Array.from(text).length;
export const cleaned = (text: string): string => text.replace(unwanted, '').trim();
