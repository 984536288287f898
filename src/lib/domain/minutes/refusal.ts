// Why minutes are not frozen, signed or completed: reasons the office's sentences know (messages/<language>/minutes-refusals.ts).

export const minutesRefusalReasons = [
  'minutes-not-adjourned',
  'minutes-no-text',
  'minutes-frozen',
  'minutes-not-frozen',
  'minutes-anchors',
  'minutes-plain-name',
  'minutes-nobody-signs',
  'minutes-complete',
  'minutes-incomplete',
  'signing-not-yours',
  'signing-done',
  'signing-stale',
  'signing-broken',
  'signing-elsewhere',
  'signing-text-missing',
  'signing-key-unfit',
  'signing-image-unfit',
  'paper-scan-unfit',
  'paper-second-person',
  'paper-settled',
] as const;
