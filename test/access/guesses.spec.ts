import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { networkOf } from '../../src/platform/http/network-of.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { People, passwordOf } from './people.js';

/** Guesses at the same moment; GUESSES=1000 for the figure in docs/evidence.md. */
const GUESSES = Number(process.env.GUESSES ?? 200);
const MOST = 10;

let service: HttpAppUnderTest;
let people: People;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
  people = await People.of(service);
  await people.join('other');
});
afterAll(() => service.stop());
beforeEach(() => service.query('DELETE FROM sign_in_attempts'));

interface Guess {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** From an address of its own: all of 127/8 is this machine. */
function guess(username: string, password: string, from = '127.0.0.1'): Promise<Guess> {
  const body = JSON.stringify({ username, password });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(
      `${service.url}/api/v1/auth/login`,
      { method: 'POST', headers, localAddress: from, agent: false },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve({ status: answer.statusCode!, retryAfter: answer.headers['retry-after'] }));
      },
    );
    sent.on('error', reject).end(body);
  });
}

/** So many connections at a time: more than wait to be accepted are reset by the operating system. */
const CONNECTIONS = 200;

async function many(one: (index: number) => Promise<Guess>): Promise<Guess[]> {
  const answers: Guess[] = [];
  let next = 0;
  const guesser = async () => {
    while (next < GUESSES) answers.push(await one(next++));
  };
  await Promise.all(Array.from({ length: Math.min(CONNECTIONS, GUESSES) }, guesser));
  return answers;
}

const addressOf = (index: number) => `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
/** An evaluated guess is answered 401, one that was not 429. */
const counted = (answers: readonly Guess[]) => ({
  evaluated: answers.filter(({ status }) => status === 401).length,
  refused: answers.filter(({ status }) => status === 429).length,
});
const TEN = { evaluated: MOST, refused: GUESSES - MOST };

/** As if so many seconds had passed. */
const wait = (seconds: number) =>
  service.query(`UPDATE sign_in_attempts SET window_start = window_start - make_interval(secs => $1)`, [seconds]);

describe(`of ${GUESSES} guesses at the same moment ten are evaluated`, () => {
  it('of one account from one address', async () => {
    const answers = await many((i) => guess('admin', `guess ${i}`));
    expect(counted(answers)).toEqual(TEN);
    for (const { status, retryAfter } of answers.filter((answer) => answer.status === 429)) {
      expect([status, Number(retryAfter) >= 1 && Number(retryAfter) <= 60]).toEqual([429, true]);
    }
  });

  it('of one account from as many addresses', async () => {
    expect(counted(await many((i) => guess('admin', `guess ${i}`, addressOf(i))))).toEqual(TEN);
  });

  it('of as many accounts from one address', async () => {
    expect(counted(await many((i) => guess(`user${i}`, 'password', '127.0.0.7')))).toEqual(TEN);
  });

  it('of an account that nobody has', async () => {
    expect(counted(await many((i) => guess('nobody', `guess ${i}`)))).toEqual(TEN);
  });
});

describe('after ten guesses', () => {
  const exhaust = () => Promise.all(Array.from({ length: MOST }, () => guess('admin', 'wrong', '127.0.0.8')));

  it('even the right password is not looked at, until a minute after the last of them', async () => {
    await exhaust();
    expect((await guess('admin', passwordOf('admin'))).status).toBe(429);
    await wait(40);
    const { status, retryAfter } = await guess('admin', passwordOf('admin'));
    expect([status, Number(retryAfter) > 0, Number(retryAfter) <= 20]).toEqual([429, true, true]);
    await wait(20);
    expect((await guess('admin', passwordOf('admin'))).status).toBe(200);
  });

  it('others sign in, from other addresses', async () => {
    await exhaust();
    expect((await guess('other', passwordOf('other'), '127.0.0.8')).status).toBe(429);
    expect((await guess('other', passwordOf('other'), '127.0.0.9')).status).toBe(200);
  });

  it('no minute holds more, wherever it begins', async () => {
    const evaluated = async () => (await guess('admin', 'wrong')).status === 401;
    const seconds: number[] = [];
    // A guess every six seconds for six minutes. Ten take 54 s and shut the door for 60 s: guesses are evaluated from
    // 0, 114, 228 and 342 s on, ten each time but the last, when 342, 348 and 354 are left: 3 × 10 + 3.
    for (let i = 0; i < 60; i++) {
      if (await evaluated()) seconds.push(6 * i);
      await wait(6);
    }
    const busiest = Math.max(...seconds.map((from) => seconds.filter((at) => at >= from && at < from + 60).length));
    expect([busiest, seconds.length]).toEqual([MOST, 33]);
  });
});

it('a right password gives its place back', async () => {
  for (let i = 0; i < MOST - 1; i++) expect((await guess('admin', 'wrong')).status).toBe(401);
  for (let i = 0; i < 5; i++) expect((await guess('admin', passwordOf('admin'))).status).toBe(200);
  expect([(await guess('admin', 'wrong')).status, (await guess('admin', 'wrong')).status]).toEqual([401, 429]);
});

it('names that were tried are not kept as they were typed, and are forgotten', async () => {
  await guess('a password typed into the wrong field', 'x');
  expect(JSON.stringify(await service.query('SELECT * FROM sign_in_attempts'))).not.toContain('wrong field');
  await wait(7200);
  await guess('admin', passwordOf('admin'));
  expect(await service.query('SELECT 1 FROM sign_in_attempts WHERE attempts > 0')).toEqual([]);
});

it.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1'],
  ['2001:DB8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  // Eight groups: three zeros and these five.
  ['::1:2:3:4:5', '0:0:0:1'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
