// A Bluesky network of its own: directory (PLC), data server (PDS), AppView and the service that syncs the two.
// Everything listens on loopback, on free ports, and starts empty. See README.md.
import { rename, writeFile } from 'node:fs/promises'
import net from 'node:net'

const { NETWORK_FILE, POSTGRES_URL, REDIS_HOST, RATE_LIMITS } = process.env
if (!NETWORK_FILE || !POSTGRES_URL || !REDIS_HOST) {
  console.error('Set NETWORK_FILE, POSTGRES_URL and REDIS_HOST.')
  process.exit(2)
}

listenOnLoopbackOnly()
const { TestBsky, TestBsync, TestPds, TestPlc, mockNetworkUtilities } = await import('@atproto/dev-env')

const servers = await startServers()
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop)
const accounts = {
  brand: await createAccount('brand', 'The Brand'),
  customer: await createAccount('customer', 'A Customer'),
  advocate: await createAccount('advocate', 'An Advocate'),
}
await announce()

/** The servers are given a port only and would listen on every interface. */
function listenOnLoopbackOnly() {
  const listen = net.Server.prototype.listen
  net.Server.prototype.listen = function (where, ...rest) {
    if (typeof where === 'object' && where !== null) {
      return listen.call(this, where.path ? where : { ...where, host: '127.0.0.1' }, ...rest)
    }
    const callback = rest.findLast((argument) => typeof argument === 'function')
    return listen.call(this, { port: Number(where ?? 0), host: '127.0.0.1' }, callback)
  }
}

async function startServers() {
  const plc = await TestPlc.create({})
  const bsync = await TestBsync.create({ dbUrl: POSTGRES_URL, apiKeys: ['bsync-api-key'] })
  // The AppView follows the data server, and the data server reads from the AppView: one has to know the other's port first.
  const pdsPort = await freePort()
  const bsky = await TestBsky.create({
    plcUrl: plc.url,
    pdsPort,
    repoProvider: `ws://localhost:${pdsPort}`,
    bsyncUrl: bsync.url,
    bsyncApiKey: 'bsync-api-key',
    dbPostgresUrl: POSTGRES_URL,
    dbPostgresSchema: 'appview',
    redisHost: REDIS_HOST,
  })
  bsync.ctx.dataplaneClients = [bsky.ctx.dataplane]
  const pds = await TestPds.create({
    port: pdsPort,
    hostname: 'localhost',
    didPlcUrl: plc.url,
    bskyAppViewUrl: bsky.url,
    bskyAppViewDid: bsky.ctx.cfg.serverDid,
    enableDidDocWithSession: true,
    rateLimitsEnabled: Boolean(RATE_LIMITS),
  })
  // Handles and data servers are looked up here, not on the internet.
  mockNetworkUtilities(pds, bsky)
  return { plc, bsync, bsky, pds }
}

async function freePort() {
  const probe = net.createServer().listen(0)
  await new Promise((resolve, reject) => probe.once('listening', resolve).once('error', reject))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Through the data server's public API, as a person's app does it. */
async function createAccount(name, displayName) {
  const handle = `${name}.test`
  const password = `${name}-password`
  const { did, accessJwt } = await call('com.atproto.server.createAccount', {
    handle,
    password,
    email: `${name}@example.test`,
  })
  await call(
    'com.atproto.repo.putRecord',
    {
      repo: did,
      collection: 'app.bsky.actor.profile',
      rkey: 'self',
      record: { $type: 'app.bsky.actor.profile', displayName },
    },
    accessJwt,
  )
  const app = await call('com.atproto.server.createAppPassword', { name: 'crowd4care' }, accessJwt)
  return { did, handle, password, appPassword: app.password }
}

async function call(method, body, token) {
  const response = await fetch(`${loopback(servers.pds)}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** The file appears at once and whole: whoever waits for it may read it as soon as it is there. */
async function announce() {
  const network = {
    plc: loopback(servers.plc),
    pds: loopback(servers.pds),
    appview: loopback(servers.bsky),
    accounts,
  }
  await writeFile(`${NETWORK_FILE}.new`, JSON.stringify(network, null, 2))
  await rename(`${NETWORK_FILE}.new`, NETWORK_FILE)
}

function loopback({ port }) {
  return `http://127.0.0.1:${port}`
}

async function stop() {
  // Open subscriptions may keep a server from closing; nothing here outlives the process anyway.
  setTimeout(() => process.exit(0), 3000).unref()
  const { pds, bsky, bsync, plc } = servers
  for (const server of [pds, bsky, bsync, plc]) await server.close().catch(console.error)
  process.exit(0)
}
