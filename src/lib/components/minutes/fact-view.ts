// A fact in the editor: nobody types in it, it only shows what the log says and leads to where the log says it. Drawn anew when the log has
// said more. Called by the editor.
import { mount, unmount } from 'svelte';
import type { Node } from 'prosemirror-model';
import type { NodeView } from 'prosemirror-view';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import MinutesBlocks from './MinutesBlocks.svelte';

export interface FactSource {
  /** Null for a fact this page has not heard of yet. */
  blocksOf(seq: number): readonly WrittenBlock[] | null;
  readonly names: Readonly<Record<string, string>>;
  hrefOf(seq: number): string;
  readonly say: {
    readonly fact: string;
    readonly inLog: (p: { seq: number }) => string;
    readonly loading: string;
    readonly unknownPerson: string;
  };
}

export class FactView implements NodeView {
  readonly dom = document.createElement('div');
  readonly #source: FactSource;
  readonly #seq: number;
  #shown: ReturnType<typeof mount> | null = null;

  constructor(node: Node, source: FactSource) {
    this.#source = source;
    this.#seq = Number(node.attrs.seq);
    this.dom.className = 'fact-node';
    this.dom.contentEditable = 'false';
    this.dom.dataset.fact = String(this.#seq);
    this.dom.setAttribute('role', 'group');
    this.draw();
  }

  draw(): void {
    void (this.#shown && unmount(this.#shown));
    this.dom.textContent = '';
    const { say, names } = this.#source;
    const link = document.createElement('a');
    link.href = this.#source.hrefOf(this.#seq);
    link.target = '_blank';
    link.rel = 'noopener';
    link.className = 'fact-source';
    link.textContent = say.inLog({ seq: this.#seq });
    this.dom.setAttribute('aria-label', say.fact);
    const blocks = this.#source.blocksOf(this.#seq) ?? [
      { kind: 'paragraph' as const, inlines: [{ text: say.loading }] },
    ];
    this.#shown = mount(MinutesBlocks, { target: this.dom, props: { blocks, names, unknown: say.unknownPerson } });
    this.dom.append(link);
  }

  update(node: Node): boolean {
    return node.type.name === 'fact' && Number(node.attrs.seq) === this.#seq;
  }

  ignoreMutation(): boolean {
    return true;
  }

  stopEvent(event: Event): boolean {
    // The link works; everything else selects the fact as a whole.
    return event.target instanceof HTMLAnchorElement;
  }

  destroy(): void {
    void (this.#shown && unmount(this.#shown));
    this.#shown = null;
  }
}
