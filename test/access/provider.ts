import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'six-synergies', secret: 'a secret of the test' };
export const REDIRECT_URL = 'http://127.0.0.1:9/api/v1/auth/oidc/callback';

/** A real OpenID provider on a port of its own, where everybody may sign in under any name. */
export interface TestProvider {
  readonly issuer: string;
  /** Makes something else of the ID tokens that it gives out. */
  forge: ((idToken: string) => string) | null;
  stop(): Promise<void>;
}

/** What of the provider's Koa context the test looks at. */
interface TokenAnswer {
  readonly oidc?: { readonly route?: string };
  body: { id_token?: string };
}

export async function startProvider(port = 0): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider<TokenAnswer>(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [REDIRECT_URL] }],
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test'] },
  });
  const running: TestProvider = { issuer, forge: null, stop: () => stop(server) };
  provider.use(async (context, next) => {
    await next();
    const token = context.oidc?.route === 'token' ? context.body.id_token : undefined;
    if (token !== undefined && running.forge !== null) context.body.id_token = running.forge(token);
  });
  server.on('request', provider.callback());
  return running;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Signs in at the provider as a browser would, from the address it was sent to; answers where it is sent back. */
export async function signInAtProvider(address: string, name: string): Promise<URL> {
  const browser = new Browser();
  let page = await browser.open(address);
  for (let step = 0; step < 10; step++) {
    if (page.location?.startsWith(REDIRECT_URL)) return new URL(page.location);
    if (page.location !== null) page = await browser.open(page.location);
    else if (page.url.includes('/interaction/')) page = await browser.answer(page, name);
    else throw new Error(`the provider answered ${page.text}`);
  }
  throw new Error('the provider never sent the browser back');
}

interface Page {
  readonly url: string;
  readonly location: string | null;
  readonly text: string;
}

class Browser {
  private readonly cookies = new Map<string, string>();

  open(url: string, form?: URLSearchParams): Promise<Page> {
    return this.send(url, form === undefined ? {} : { method: 'POST', body: form });
  }

  /** The provider's own pages ask first who it is, then whether the client may know. */
  answer({ url, text }: Page, name: string): Promise<Page> {
    const prompt = /name="prompt" value="(\w+)"/.exec(text)![1]!;
    const fields = prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt };
    return this.open(url, new URLSearchParams(fields));
  }

  private async send(url: string, init: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      this.cookies.set(name!, value!);
    }
    const location = answer.headers.get('location');
    return { url, location: location === null ? null : new URL(location, url).href, text: await answer.text() };
  }
}
