import { mkdirSync, rmSync } from 'node:fs';
import { buildSpoolJob } from '#layouts/spool/build-spool-job.ts';
import * as s from '#test/layouts/sample-letters.ts';
const n = Number(process.argv[2] ?? 200); const w = Number(process.argv[3] ?? 0);
const dir = `/tmp/spooldir${w}`; rmSync(dir, { recursive: true, force: true }); mkdirSync(dir, { recursive: true });
async function* feed() { for (const l of s.manyLetters(n, (i) => i % 10 === 0 ? 40 : 4)) yield l; }
const t = performance.now(); const c0 = process.cpuUsage();
const job = await buildSpoolJob({ jobNumber: 42, createdAt: new Date('2025-04-01T04:00:00Z'), profile: s.colourProfile, workDir: dir, workers: w }, feed());
const c = process.cpuUsage(c0);
console.log(job.sha256, job.bytes, job.totals, job.volumes.map((v) => v.fileName + ' ' + v.bytes + ' ' + v.pages), job.refused.slice(0, 3), job.refused.length);
console.log('wall', performance.now() - t, 'cpu ms', (c.user + c.system) / 1000, 'pages/cpu-s', job.totals.pages / ((c.user + c.system) / 1e6), 'rss', process.memoryUsage.rss() / 1e6, job.pieces[0]);
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
async function* exp() { for (const l of s.manyLetters(n)) { const p = job.pieces.find((x) => x.documentId === l.documentId)!; yield { documentId: l.documentId, number: l.invoice.number, payableAmount: p.payableAmount, currency: p.currency, paymentReference: l.invoice.paymentMeans[0]!.reference! }; } }
{ const t = performance.now(); const c0 = process.cpuUsage(); const d = await verifySpoolJob(job.path, exp()); const c = process.cpuUsage(c0);
console.log(d.slice(0, 5), d.length, 'verify wall', performance.now() - t, 'pages/cpu-s', job.totals.pages / ((c.user + c.system) / 1e6)); }
