// A shared document for components: DocumentLink, with every reading followed by Svelte. Made in the browser only, by the page that shows the
// document; destroyed with it. Everything it does is DocumentLink's.
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import type { Standing } from '#lib/protocol/documents.ts';
import { DocumentLink, type DocumentLinkOptions, type OtherHand, type SaveState } from './document-link.ts';

export class SharedDocument {
  /** For what components do not read: bindings of texts, tests. */
  readonly link: DocumentLink;
  readonly #follow: () => void;

  constructor(options: DocumentLinkOptions) {
    this.link = new DocumentLink(options);
    this.#follow = createSubscriber((update) => this.link.subscribe(update));
  }

  /** Any reading of the document, taken again whenever it changes. */
  read<Result>(reading: (doc: Y.Doc) => Result): Result {
    this.#follow();
    return reading(this.link.doc);
  }

  get state(): SaveState {
    this.#follow();
    return this.link.state;
  }

  get hasUnsaved(): boolean {
    this.#follow();
    return this.link.hasUnsaved;
  }

  get connected(): boolean {
    this.#follow();
    return this.link.connected;
  }

  get loaded(): boolean {
    this.#follow();
    return this.link.loaded;
  }

  get mayWrite(): boolean {
    this.#follow();
    return this.link.mayWrite;
  }

  get standing(): Standing | null {
    this.#follow();
    return this.link.standing;
  }

  get closedFor(): number | null {
    this.#follow();
    return this.link.closedFor;
  }

  get keptOnDevice(): boolean {
    this.#follow();
    return this.link.keptOnDevice;
  }

  get others(): readonly OtherHand[] {
    this.#follow();
    return this.link.others;
  }

  get canUndo(): boolean {
    this.#follow();
    return this.link.undoManager.canUndo();
  }

  get canRedo(): boolean {
    this.#follow();
    return this.link.undoManager.canRedo();
  }

  edit(change: (doc: Y.Doc) => void): void {
    this.link.edit(change);
  }

  step(change: (doc: Y.Doc) => void): void {
    this.link.step(change);
  }

  undo(): void {
    this.link.undoManager.undo();
  }

  redo(): void {
    this.link.undoManager.redo();
  }

  showCursor(field: string, place: unknown): void {
    this.link.showCursor(field, place);
  }

  retry(): void {
    this.link.retry();
  }

  discardUnsaved(): void {
    this.link.discardUnsaved();
  }

  destroy(): void {
    this.link.destroy();
  }
}
