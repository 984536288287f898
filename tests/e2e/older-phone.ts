// Makes a new browser as poor as the oldest phones that must work: what Chrome 87 or Safari 14 lacks is taken away before any page
// script runs. Given to `addInitScript` by fixtures.ts, so it is serialised: it must stand alone. Syntax is not its matter; the build lowers that.

export function olderPhone(): void {
  const without = (owner: object | undefined, ...names: string[]): void => {
    for (const name of names) if (owner) Reflect.deleteProperty(owner, name);
  };
  without(Array.prototype, 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with');
  without(String.prototype, 'at', 'isWellFormed', 'toWellFormed');
  without(
    Object.getPrototypeOf(Int8Array.prototype) as object,
    'at',
    'findLast',
    'findLastIndex',
    'toSorted',
    'toReversed',
    'with',
  );
  without(Object, 'hasOwn', 'groupBy');
  without(Map, 'groupBy');
  without(Array, 'fromAsync');
  without(Promise, 'withResolvers', 'try');
  without(
    Set.prototype,
    'union',
    'intersection',
    'difference',
    'symmetricDifference',
    'isSubsetOf',
    'isSupersetOf',
    'isDisjointFrom',
  );
  without(Crypto.prototype, 'randomUUID', 'subtle');
  without(AbortSignal, 'timeout', 'any', 'abort');
  without(AbortSignal.prototype, 'throwIfAborted', 'reason');
  without(
    window,
    'structuredClone',
    'reportError',
    'requestIdleCallback',
    'BroadcastChannel',
    'WeakRef',
    'FinalizationRegistry',
    'CompressionStream',
    'DecompressionStream',
    'navigation',
    'scheduler',
  );
  without(Intl, 'Segmenter', 'ListFormat', 'supportedValuesOf', 'DurationFormat');
  without(Document.prototype, 'startViewTransition', 'adoptedStyleSheets');
  without(Element.prototype, 'checkVisibility', 'setHTML');
  without(HTMLFormElement.prototype, 'requestSubmit');
  without(SubmitEvent.prototype, 'submitter');
  without(HTMLElement.prototype, 'popover', 'showPopover', 'hidePopover', 'togglePopover', 'inert');
  // Safari 14 knows no modal dialogues.
  without(window.HTMLDialogElement?.prototype, 'showModal', 'show', 'close');
  without(Navigator.prototype, 'locks', 'wakeLock', 'userAgentData');
}
