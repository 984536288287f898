// The letters of a big screen as large as what stands there allows: a hall reads from 15 m, and a projector cannot scroll. For an element whose sizes
// are all in em and that is as tall as its content.
import type { Attachment } from 'svelte/attachments';

/** Halvings until the size is found: of a range of one em, to a sixty-fourth. */
const steps = 6;

/**
 * Sets the element's own font size, between `least` and `most` em, to the largest at which it ends above the window's edge (less 2 % of it), and
 * anew whenever its content, its pictures or the window change. At `least` what does not fit runs on.
 */
export function fitHeight(least = 0.7, most = 1.7): Attachment<HTMLElement> {
  return (element) => {
    let asked = 0;
    const fits = (): boolean =>
      element.getBoundingClientRect().bottom + window.scrollY <= window.innerHeight * 0.98 &&
      element.scrollWidth <= element.clientWidth;
    const fit = () => {
      let [small, large] = [least, most];
      for (let step = 0; step < steps; step += 1) {
        const middle = (small + large) / 2;
        element.style.fontSize = `${middle}em`;
        if (fits()) small = middle;
        else large = middle;
      }
      element.style.fontSize = `${small}em`;
    };
    const soon = () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(fit);
    };
    const changes = new MutationObserver(soon);
    changes.observe(element, { childList: true, characterData: true, subtree: true });
    window.addEventListener('resize', soon);
    element.addEventListener('load', soon, true);
    fit();
    return () => {
      cancelAnimationFrame(asked);
      changes.disconnect();
      window.removeEventListener('resize', soon);
      element.removeEventListener('load', soon, true);
    };
  };
}
