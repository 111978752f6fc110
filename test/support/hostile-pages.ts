/** A page that makes life hard for whatever is embedded in it. */
interface HostilePage {
  readonly id: string;
  /** "on a page …" */
  readonly what: string;
  /** Before the widget's script. */
  readonly before?: string;
  /** After the element. */
  readonly after?: string;
}

/** What old libraries, careless shops and lockdowns do to a page. None of it is meant for us. */
export const HOSTILE: readonly HostilePage[] = [
  {
    id: 'styled',
    what: 'whose styles take everything away from everything',
    before: `<style>* { all: unset } :root, body, div { overflow: hidden; transform: none }
      button, iframe, dialog, pay-button, threeds-frame { float: right; opacity: .01; position: static; z-index: -1 }</style>`,
  },
  ...['true', '{}', '{ payments: null }', '{ payments: { api: {} } }'].map((google, index) => ({
    id: `google-${index}`,
    what: `that says google is ${google}`,
    before: `<script>window.google = ${google}</script>`,
  })),
  {
    id: 'clobbered',
    what: 'with elements named like what scripts use',
    before: [
      'customElements',
      'google',
      'fetch',
      'location',
      'crypto',
      'sessionStorage',
      'performance',
      'trustedTypes',
    ]
      .map((name) => `<form id="${name}" name="${name}"><input name="payments" /></form>`)
      .concat(
        ['head', 'scripts', 'forms', 'cookie', 'title', 'domain', 'currentScript'].map(
          (name) => `<img name="${name}" alt="" />`,
        ),
      )
      .join(''),
  },
  {
    id: 'prototypes',
    what: 'with an old library’s additions to every prototype',
    before: `<script>
      Array.prototype.last = function () { return this[this.length - 1]; };
      Object.prototype.extend = function () {};
      String.prototype.toJSON = function () { return '"' + this + '"'; };
      Function.prototype.toJSON = Number.prototype.toJSON = function () { return null; };
    </script>`,
  },
  {
    id: 'patched',
    what: 'whose fetch, timers and events are watched by others',
    before: `<script>
      const { fetch, setTimeout, EventTarget, history } = window;
      window.fetch = function (...given) { return fetch.apply(this, given).then((answer) => answer.clone()); };
      window.setTimeout = (run, ms, ...rest) => setTimeout(() => run(...rest), ms);
      const add = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (type, listener, options) {
        return add.call(this, type, listener, options);
      };
    </script>`,
  },
  {
    id: 'frozen',
    what: 'that has frozen what the language brings',
    before: `<script>
      for (const each of [Object, Array, Function, String, Number, Promise, Error, Map, Set, RegExp, JSON, Math, Reflect]) {
        Object.freeze(each);
        if (each.prototype) Object.freeze(each.prototype);
      }
    </script>`,
  },
  {
    id: 'origin-keyed',
    what: 'without document.domain',
    before: `<script>Object.defineProperty(Document.prototype, 'domain', { get: () => { throw new Error('domain'); } })</script>`,
  },
];
