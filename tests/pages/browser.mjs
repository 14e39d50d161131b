// Chromium, led over a pipe: no package but the browser itself is needed.

import { spawn } from "node:child_process";

/** A browser that was started, with one page open. */
export class Browser {
  /** Starts it. `program` is Chromium's name, `profile` an empty folder for it. */
  static async start(program, profile) {
    const browser = new Browser();
    const options = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
      "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-dev-shm-usage",
      `--user-data-dir=${profile}`, "--remote-debugging-pipe",
    ];
    const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
    browser.child = spawn(program, options, { stdio });
    browser.child.on("exit", () => browser.lost("the browser ended"));
    browser.child.on("error", (error) => browser.lost(String(error)));
    browser.child.stdio[4].on("data", (part) => browser.take(part));
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    browser.session = sessionId;
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await browser.send(`${domain}.enable`);
    return browser;
  }

  constructor() {
    this.next = 1;
    this.waiting = new Map();
    this.rest = Buffer.alloc(0);
    /** Addresses asked for, and errors told, since they were last emptied. */
    this.requests = [];
    this.errors = [];
    this.events = new Map();
  }

  lost(why) {
    for (const { reject } of this.waiting.values()) reject(new Error(why));
    this.waiting.clear();
  }

  take(part) {
    this.rest = Buffer.concat([this.rest, part]);
    for (let end = this.rest.indexOf(0); end >= 0; end = this.rest.indexOf(0)) {
      const message = JSON.parse(this.rest.subarray(0, end).toString());
      this.rest = this.rest.subarray(end + 1);
      if (message.id) {
        const { resolve, reject } = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (message.error) reject(new Error(message.error.message));
        else resolve(message.result);
      } else {
        this.hear(message);
      }
    }
  }

  hear({ method, params }) {
    if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
    if (method === "Runtime.exceptionThrown") this.errors.push(params.exceptionDetails.text);
    if (method === "Log.entryAdded") this.errors.push(params.entry.text);
    const heard = this.events.get(method);
    this.events.delete(method);
    heard?.();
  }

  /** Sends a command and gives its result. */
  send(method, params = {}) {
    const id = this.next++;
    const message = JSON.stringify({ id, method, params, sessionId: this.session });
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.stdio[3].write(`${message}\0`);
    });
  }

  /** Opens an address and waits until it is there. */
  async open(url) {
    const loaded = new Promise((resolve) => this.events.set("Page.loadEventFired", resolve));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** Runs a function in the page; what goes in and comes out is JSON. */
  async run(made, ...given) {
    const text = typeof made === "string" ? made : `(${made})(...${JSON.stringify(given)})`;
    const asked = { expression: text, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", asked);
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** Sets the width of the window, and what it is shown as. */
  async look({ width, height = 900, dark = false, media = "" }) {
    const mobile = width < 600;
    const size = { width, height, deviceScaleFactor: 1, mobile };
    await this.send("Emulation.setDeviceMetricsOverride", size);
    const value = dark ? "dark" : "light";
    const features = [{ name: "prefers-color-scheme", value }];
    await this.send("Emulation.setEmulatedMedia", { media, features });
  }

  /** The page as a picture: PNG of its whole length, or of its first `height` pixels. */
  async picture(height) {
    const { cssContentSize: size } = await this.send("Page.getLayoutMetrics");
    const clip = { x: 0, y: 0, width: size.width, height: Math.min(height ?? size.height, size.height), scale: 1 };
    const asked = { format: "png", captureBeyondViewport: true, clip };
    return Buffer.from((await this.send("Page.captureScreenshot", asked)).data, "base64");
  }

  /** The page printed: PDF on letter paper. */
  async pdf() {
    const asked = { printBackground: false, preferCSSPageSize: true, transferMode: "ReturnAsBase64" };
    return Buffer.from((await this.send("Page.printToPDF", asked)).data, "base64");
  }

  /** Ends it. */
  async end() {
    await this.send("Browser.close").catch(() => {});
    await new Promise((resolve) => {
      if (this.child.exitCode !== null) resolve();
      else this.child.once("exit", resolve);
    });
  }
}
