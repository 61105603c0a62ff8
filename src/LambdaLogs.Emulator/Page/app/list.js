// A list of which only the visible rows are elements, however long it is. One tab stop; arrows, pages, Home and End choose a row.
import { make } from './format.js';

const Height = 24;
const Spare = 8;

export class List {
  /**
   * @param host the scrolling element.
   * @param options name: for screen readers; row: gives the cells of an item; choose: called with the chosen item; empty: what to say.
   */
  constructor(host, { name, row, choose = () => {}, empty = '' }) {
    this.host = host;
    this.row = row;
    this.onChoose = choose;
    this.items = [];
    this.chosen = -1;
    this.elements = new Map();
    this.rows = make('div', { class: 'rows' });
    this.nothing = make('p', { class: 'empty' }, empty);
    host.append(this.rows, this.nothing);
    host.tabIndex = 0;
    host.setAttribute('role', 'listbox');
    host.setAttribute('aria-label', name);
    host.addEventListener('scroll', () => this.draw(), { passive: true });
    host.addEventListener('keydown', event => this.key(event));
    host.addEventListener('click', event => {
      const index = event.target.closest('.item')?.dataset.index;
      if (index !== undefined) this.choose(Number(index));
    });
    new ResizeObserver(() => this.draw()).observe(host);
  }

  /** Shows these items. reset: they are others than before, not more of the same. */
  show(items, { reset = false, follow = false } = {}) {
    this.items = items;
    if (reset) {
      this.chosen = -1;
      this.clear();
    }
    this.rows.style.height = `${items.length * Height}px`;
    this.nothing.hidden = items.length > 0;
    if (follow) this.host.scrollTop = items.length * Height;
    this.draw();
  }

  clear() {
    for (const element of this.elements.values()) element.remove();
    this.elements.clear();
  }

  draw() {
    const height = this.host.clientHeight;
    if (!height) return;
    const from = Math.max(0, Math.floor(this.host.scrollTop / Height) - Spare);
    const to = Math.min(this.items.length, Math.ceil((this.host.scrollTop + height) / Height) + Spare);
    for (const [index, element] of this.elements) {
      if (index >= from && index < to) continue;
      element.remove();
      this.elements.delete(index);
    }
    const added = document.createDocumentFragment();
    for (let index = from; index < to; index++) {
      if (this.elements.has(index)) continue;
      const element = make('div', {
        class: index === this.chosen ? 'item chosen' : 'item', role: 'option', id: `${this.host.id}-${index}`, 'data-index': index,
        'aria-setsize': this.items.length, 'aria-posinset': index + 1, 'aria-selected': String(index === this.chosen),
      }, ...this.row(this.items[index], index));
      element.style.top = `${index * Height}px`;
      this.elements.set(index, element);
      added.append(element);
    }
    if (added.childNodes.length) this.rows.append(added);
  }

  choose(index) {
    if (index < 0 || index >= this.items.length) return;
    const before = this.elements.get(this.chosen);
    before?.classList.remove('chosen');
    before?.setAttribute('aria-selected', 'false');
    this.chosen = index;
    const top = index * Height;
    if (top < this.host.scrollTop) this.host.scrollTop = top;
    if (top + Height > this.host.scrollTop + this.host.clientHeight) this.host.scrollTop = top + Height - this.host.clientHeight;
    this.draw();
    const now = this.elements.get(index);
    now?.classList.add('chosen');
    now?.setAttribute('aria-selected', 'true');
    this.host.setAttribute('aria-activedescendant', `${this.host.id}-${index}`);
    this.onChoose(this.items[index], index);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.host.clientHeight / Height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.choose(Math.max(0, Math.min(this.items.length - 1, (this.chosen < 0 && step === 1 ? -1 : this.chosen) + step)));
  }
}
