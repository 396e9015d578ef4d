import { readFileSync, writeFileSync } from 'node:fs';
import { readCamt } from '#formats/iso20022/read-camt.ts';
import { camt054Chunks } from '#jobs/demo/files/bank-file.ts';
const n=50000;
const payments = Array.from({ length: n }, (_, index) => ({ amount: 12345n, bankgiro: '9912346', payerName: `Betalare ${index} & Söner AB`, payerAccount: '50501055', servicerReference: `BK2026112000001${String(index).padStart(8, '0')}`, ...(index % 10 === 0 ? { text: 'Fakturor', documentNumbers: [1, 2, 3].map((p) => ({ number: `${index}${p}`, amount: 4115n })) } : { ocr: `1234${index}` }) }));
const chunks=[...camt054Chunks({ messageId: 'M', account: { iban: 'SE4550000000058398257466', currency: 'SEK' }, bookingDate: '2026-11-20' as any, createdAt: '2026-11-20T17:05:00+01:00', payments } as any)];
const bytes=chunks.reduce((t,c)=>t+c.length,0);
async function* s(){ yield* chunks; }
let t=performance.now(); let c=0;
for await (const i of readCamt(s(),{encoding:'utf-8',allowNoNamespace:false})) c++;
console.log(bytes/1048576/((performance.now()-t)/1000),'MiB/s',c);
