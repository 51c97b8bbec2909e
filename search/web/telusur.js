/*
 * <telusur-search>: a search box that suggests. It stands around a plain form, which works without this script.
 *
 * endpoint="https://cari.portal.example/"  where Telusur answers; where this script comes from if not given
 * lang="en"         the language of its own texts; that of the page if not given, Indonesian if that is none of ours
 * limit="8"         suggestions at most
 * recent="off"      keeps no recent searches (they never leave the browser)
 * shortcut="off"    leaves the key "/" to the page
 * clicks            tells Telusur which results are opened: links with data-telusur-id and data-telusur-position
 *
 * Events, which bubble: telusur:suggest, telusur:select, telusur:search, telusur:click, telusur:error. What is selected,
 * searched for or told of a click does not happen if the event is prevented.
 * What comes from elsewhere becomes text, never markup.
 */
(() => {
  "use strict";
  if (customElements.get("telusur-search")) return;

  const HERE = new URL(document.currentScript?.src || "telusur.js", document.baseURI);
  const PAUSE = 150, PATIENCE = 5000, RETRY = 1000; // milliseconds
  const LONGEST = 1000, TELLING = 200; // characters: of a query; of one that suggestions are asked for
  const RECENT = "telusur:recent", KEPT = 5;
  const ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#39;": "'"};
  const TEXTS = {
    id: {
      label: "Kata yang dicari", button: "Cari", list: "Saran pencarian", meant: "Mungkin maksud Anda: ",
      recent: "Pencarian terakhir", clear: "Hapus pencarian terakhir", none: "Tidak ada saran.",
      failed: "Saran tidak dapat dimuat. Tekan Enter untuk mencari.",
      count: (n) => `${n} saran. Pilih dengan panah atas dan bawah.`, articles: (n) => `${n.toLocaleString("id")} artikel`,
    },
    en: {
      label: "Words to look for", button: "Search", list: "Suggestions", meant: "Did you mean: ",
      recent: "Recent searches", clear: "Clear recent searches", none: "No suggestions.",
      failed: "Suggestions cannot be loaded. Press Enter to search.",
      count: (n) => `${n} suggestion${n === 1 ? "" : "s"}. Choose with the arrow keys.`,
      articles: (n) => `${n.toLocaleString("en")} article${n === 1 ? "" : "s"}`,
    },
  };

  /** Return a new element with properties and attributes, around children. */
  const made = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  /** Return the nodes of a text marked by the service: text, and marks around text; whatever else it holds is text. */
  const marked = (html) => html.split(/<\/?mark>/).map((piece, index) => {
    const text = piece.replace(/&(?:amp|lt|gt|quot|#x27|#39);/g, (entity) => ENTITIES[entity]);
    return index % 2 ? made("mark", {}, text) : text;
  });

  const recent = {
    get() {
      try {
        const kept = JSON.parse(localStorage.getItem(RECENT));
        return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, KEPT) : [];
      } catch { return []; } // storage may be forbidden, or hold what others wrote
    },
    set(texts) {
      try {
        if (texts.length) localStorage.setItem(RECENT, JSON.stringify(texts.slice(0, KEPT)));
        else localStorage.removeItem(RECENT);
      } catch { /* the search goes on */ }
    },
    add(text) {
      const same = text.toLowerCase();
      recent.set([text, ...recent.get().filter((other) => other.toLowerCase() !== same)]);
    },
  };

  class TelusurSearch extends HTMLElement {
    #form; #input; #popup; #list; #message; #status;
    #options = []; #active = -1; #timer; #controller = null; #composing = false;

    connectedCallback() {
      if (this.shadowRoot) return; // it was moved
      const form = this.querySelector("form");
      if (form || document.readyState !== "loading") this.#begin(form || this.#plain());
      else document.addEventListener("DOMContentLoaded", () => this.connectedCallback(), {once: true});
    }

    disconnectedCallback() {
      if (this.#popup) this.#close();
    }

    get #texts() {
      const lang = (this.closest("[lang]")?.lang || "id").slice(0, 2).toLowerCase();
      return TEXTS[lang] || TEXTS.id;
    }

    #address(path) {
      const base = new URL(this.getAttribute("endpoint") || HERE, document.baseURI);
      return new URL(path, base.href.replace(/[?#].*/, "").replace(/[^/]*$/, ""));
    }

    #plain() {
      const input = made("input", {type: "search", name: "q"});
      const form = made("form", {action: this.#address("cari"), method: "get", role: "search"}, input,
        made("button", {}, this.#texts.button));
      this.append(form);
      return form;
    }

    /** Show the form as it is until the style is there, then take it in, where no style of the page reaches it. */
    #begin(form) {
      this.#form = form;
      this.#input = form.querySelector('input[name="q"], input[type="search"], input:not([type="hidden"])');
      if (!this.#input) return;
      const style = made("link", {rel: "stylesheet", href: new URL("telusur.css" + HERE.search, HERE)});
      const slot = made("slot");
      style.addEventListener("load", () => this.#enhance(slot), {once: true}); // it loads again where it is moved
      style.addEventListener("error", () => this.#tell("error", {reason: "style"}));
      this.attachShadow({mode: "open"}).append(style, slot);
    }

    #enhance(slot) {
      const input = this.#input, texts = this.#texts;
      const focused = document.activeElement === input, {selectionStart, selectionEnd} = input;
      this.#list = made("ul", {id: "list", role: "listbox", "aria-label": texts.list});
      this.#message = made("p", {class: "telusur-message", hidden: ""});
      this.#popup = made("div", {class: "telusur-popup", hidden: ""}, this.#list, this.#message);
      this.#status = made("p", {class: "telusur-unseen", role: "status"});
      this.#form.classList.add("telusur-form");
      slot.replaceWith(made("div", {class: "telusur-box", part: "box"}, this.#form, this.#popup, this.#status));
      const attributes = {role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": "list", "aria-haspopup": "listbox", autocomplete: "off", part: "input"};
      for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
      if (!input.labels?.length && !input.ariaLabel) input.ariaLabel = texts.label;
      if (input.maxLength < 0) input.maxLength = LONGEST;
      this.#listen(input);
      if (focused) {
        input.focus();
        input.setSelectionRange(selectionStart, selectionEnd);
      }
    }

    #listen(input) {
      input.addEventListener("input", () => this.#composing || this.#typed());
      input.addEventListener("compositionstart", () => { this.#composing = true; });
      input.addEventListener("compositionend", () => { this.#composing = false; this.#typed(); });
      input.addEventListener("keydown", (event) => this.#pressed(event));
      input.addEventListener("click", () => this.#isOpen || input.value.trim() || this.#offerRecent());
      input.addEventListener("blur", () => this.#close());
      this.#popup.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
      this.#list.addEventListener("click", (event) => {
        const index = [...this.#list.children].indexOf(event.target.closest("[role=option]"));
        if (index >= 0) this.#choose(index);
      });
      this.#form.addEventListener("submit", (event) => this.#submitted(event));
    }

    get #isOpen() { return !this.#popup.hidden; }

    #typed() {
      this.#stop();
      const text = this.#input.value.trim();
      if (!text) this.#offerRecent();
      else if (text.length > TELLING) this.#close();
      else this.#timer = setTimeout(() => this.#ask(text), PAUSE);
    }

    /** Ask for suggestions; an answer that another question has overtaken is dropped. */
    async #ask(text, again = true) {
      const controller = this.#controller = new AbortController();
      const patience = setTimeout(() => controller.abort(), PATIENCE);
      try {
        const options = await this.#found(text, controller.signal);
        if (this.#controller !== controller) return;
        this.#show(options, options.length ? "" : this.#texts.none);
        this.#tell("suggest", {q: text, count: options.length});
      } catch (error) {
        if (this.#controller !== controller) return;
        this.#show([], this.#texts.failed);
        this.#tell("error", {q: text, reason: error.message});
        if (again) this.#timer = setTimeout(() => this.#ask(text, false), RETRY);
      } finally {
        clearTimeout(patience);
      }
    }

    async #found(text, signal) {
      const limit = this.getAttribute("limit") || 8;
      const {suggestions} = await this.#json("v1/suggest", {q: text, limit}, signal);
      const options = suggestions.filter((one) => typeof one.text === "string" && typeof one.html === "string");
      if (options.length) return options;
      const asked = {q: text, per_page: 1, highlight: "false"};
      const {query} = await this.#json("v1/search", asked, signal);
      return query.corrected ? [{kind: "meant", text: query.corrected}] : [];
    }

    async #json(path, parameters, signal) {
      const address = this.#address(path);
      address.search = new URLSearchParams(parameters);
      const answer = await fetch(address, {signal, credentials: "omit", headers: {Accept: "application/json"}});
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    }

    #offerRecent() {
      this.#stop();
      const texts = this.getAttribute("recent") === "off" ? [] : recent.get();
      if (!texts.length) return this.#close();
      this.#show([...texts.map((text) => ({kind: "recent", text})), {kind: "clear", text: this.#texts.clear}]);
    }

    #show(options, message = "") {
      if (this.getRootNode().activeElement !== this) return; // the reader has gone elsewhere
      this.#options = options;
      this.#list.replaceChildren(...options.map((option, index) => this.#row(option, index)));
      this.#list.hidden = !options.length;
      this.#list.ariaLabel = options[0]?.kind === "recent" ? this.#texts.recent : this.#texts.list;
      this.#message.textContent = message;
      this.#message.hidden = !message;
      this.#popup.hidden = !options.length && !message;
      this.#input.setAttribute("aria-expanded", String(options.length > 0));
      this.#status.textContent = message || this.#texts.count(options.length);
      this.#activate(-1);
    }

    #row({kind, text, html, count}, index) {
      const words = made("span", {class: "telusur-text"}, ...(html ? marked(html) : [text]));
      if (kind === "meant") words.prepend(this.#texts.meant);
      const row = made("li", {id: `option-${index}`, role: "option", "aria-selected": "false", class: `telusur-option`,
        "data-kind": kind}, words);
      if (kind === "term" && count > 0) row.append(made("small", {}, this.#texts.articles(count)));
      return row;
    }

    #activate(index) {
      this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
      const row = this.#list.children[index];
      this.#active = row ? index : -1;
      if (row) {
        row.setAttribute("aria-selected", "true");
        row.scrollIntoView({block: "nearest"});
        this.#input.setAttribute("aria-activedescendant", row.id);
      } else this.#input.removeAttribute("aria-activedescendant");
    }

    #close() {
      this.#stop();
      this.#options = [];
      this.#activate(-1);
      this.#popup.hidden = true;
      this.#input.setAttribute("aria-expanded", "false");
      this.#status.textContent = "";
    }

    #stop() {
      clearTimeout(this.#timer);
      this.#controller?.abort();
      this.#controller = null;
    }

    #pressed(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
      if (step) {
        event.preventDefault();
        if (event.altKey && step < 0) this.#close();
        else if (this.#isOpen) this.#move(event.altKey ? 0 : step);
        else this.#typed();
      } else if (event.key === "Enter" && this.#active >= 0) {
        event.preventDefault();
        this.#choose(this.#active);
      } else if (event.key === "Escape") {
        event.preventDefault();
        if (this.#isOpen) this.#close();
        else this.#input.value = "";
      }
    }

    /** Go on by a step, from the last option over none to the first. */
    #move(step) {
      const count = this.#options.length;
      const index = this.#active + step;
      this.#activate(index < -1 ? count - 1 : index >= count ? -1 : index);
    }

    #choose(index) {
      const {kind, text} = this.#options[index];
      if (kind === "clear") {
        recent.set([]);
        return this.#close();
      }
      if (!this.#tell("select", {text, kind, position: index + 1})) return;
      this.#input.value = text;
      this.#form.requestSubmit();
    }

    #submitted(event) {
      const text = this.#input.value.trim();
      this.#close();
      if (!text) return;
      if (this.getAttribute("recent") !== "off" && text.length <= TELLING) recent.add(text);
      if (!this.#tell("search", {q: text})) event.preventDefault();
    }

    #tell(name, detail) {
      return this.dispatchEvent(new CustomEvent(`telusur:${name}`, {detail, bubbles: true, cancelable: true}));
    }

    /** Put the cursor into the box, for who pressed "/". */
    focusInput() {
      (this.#input || this).focus();
    }

    /** Tell the service that a result was opened; the page may be gone before the answer is there. */
    clicked(link) {
      const {telusurId: id, telusurPosition} = link.dataset;
      const q = link.closest("[data-telusur-query]")?.dataset.telusurQuery ?? this.#input.value.trim();
      const body = {q, id, position: Number(telusurPosition) || 1};
      if (!this.#tell("click", body) || !q) return;
      const headers = {"Content-Type": "application/json"};
      fetch(this.#address("v1/click"), {method: "POST", keepalive: true, credentials: "omit", headers,
        body: JSON.stringify(body)}).catch(() => {});
    }
  }

  const isTyping = (element) => element.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const box = document.querySelector('telusur-search:not([shortcut="off"])');
    if (!box || isTyping(event.composedPath()[0])) return;
    event.preventDefault();
    box.focusInput();
  });

  const opened = (event) => {
    const link = event.button < 2 && event.target.closest?.("a[data-telusur-id]");
    if (link) document.querySelector("telusur-search[clicks]")?.clicked(link);
  };
  document.addEventListener("click", opened);
  document.addEventListener("auxclick", opened);

  customElements.define("telusur-search", TelusurSearch);
})();
