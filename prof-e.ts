import { readFileSync, writeFileSync, existsSync, createReadStream } from 'node:fs';
import { readMessage } from '#formats/iso20022/message-reader.ts';
import { camtMessages } from '#formats/iso20022/camt-shapes.ts';
import { readCamt } from '#formats/iso20022/read-camt.ts';
import { camt054Chunks } from '#jobs/demo/files/bank-file.ts';
const F='/tmp/prof-b.xml';
if(!existsSync(F)){const n=100000;
const payments = Array.from({ length: n }, (_, index) => ({ amount: 12345n, bankgiro: '9912346', payerName: `Betalare ${index} & Söner AB`, payerAccount: '50501055', servicerReference: `BK2026112000001${String(index).padStart(8, '0')}`, ...(index % 10 === 0 ? { text: 'Fakturor', documentNumbers: [1, 2, 3].map((p) => ({ number: `${index}${p}`, amount: 4115n })) } : { ocr: `1234${index}` }) }));
writeFileSync(F, Buffer.concat([...camt054Chunks({ messageId: 'M', account: { iban: 'SE4550000000058398257466', currency: 'SEK' }, bookingDate: '2026-11-20' as any, createdAt: '2026-11-20T17:05:00+01:00', payments } as any)]));}
const bytes=readFileSync(F).length; const s=()=>createReadStream(F,{highWaterMark:65536});
const mode=process.argv[2]; let k=0; let max=0;
let t=performance.now(); const c0=process.cpuUsage();
if(mode==='noop'){ const nop=()=>undefined; for await (const i of readMessage(s(),{items:[],document:nop,alien:nop as any,begin:nop,part:()=>{k++;return undefined},end:nop,close:nop},{encoding:'utf-8',messages:camtMessages,noDocument:'CAMT-ALIEN'})) {console.log(i)} }
if(mode==='full') for await (const i of readCamt(s(),{encoding:'utf-8',allowNoNamespace:false})) { if(++k%20000===0) max=Math.max(max,process.memoryUsage().rss); }
const cpu=process.cpuUsage(c0).user/1e6;
console.log(mode,'wall',(bytes/1048576/((performance.now()-t)/1000)).toFixed(1),'cpu',(bytes/1048576/cpu).toFixed(1),'MiB/s',k, (max/1048576).toFixed(0),'MiB rss');
