// Learns phrases, then judges messages: a line of JSON in, a line of JSON out.
//   {"fit": [[text, intent, lang], ...]}  ->  {}
//   {"text": ..., "lang": "en" | "zh"}    ->  {"intent": ... | null, "score": 0..1, "ns": ...}
//   {"memory": true}                      ->  {"peak_kb": ...}
const readline = require('readline');
const { containerBootstrap } = require('@nlpjs/core');
const { Nlp } = require('@nlpjs/nlp');
const { LangEn } = require('@nlpjs/lang-en');
const { LangZh } = require('@nlpjs/lang-zh');

console.log = () => {}; // the Chinese part reports its training; only answers go out

async function learn(phrases) {
  const container = containerBootstrap();
  container.use(LangEn);
  container.use(LangZh);
  const nlp = new Nlp({
    container,
    autoSave: false,
    autoLoad: false,
    calculateSentiment: false, // not asked for, so it shall not cost it time
    nlu: { log: false },
  });
  nlp.settings.autoSave = false;
  for (const lang of new Set(phrases.map((phrase) => phrase[2]))) nlp.addLanguage(lang);
  for (const [text, intent, lang] of phrases) nlp.addDocument(lang, text, intent);
  await nlp.train();
  return nlp;
}

async function judge(nlp, { text, lang }) {
  const start = process.hrtime.bigint();
  const answer = await nlp.process(lang, text);
  const ns = Number(process.hrtime.bigint() - start);
  // "None" is its own class for the unknown; the best real one counts, as for every other peer.
  const best = (answer.classifications || []).find((one) => one.intent !== 'None');
  return { intent: best ? best.intent : null, score: best ? best.score : 0, ns };
}

async function main() {
  let nlp;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    let answer = {};
    if (asked.fit) nlp = await learn(asked.fit);
    else if (asked.memory) answer = { peak_kb: process.resourceUsage().maxRSS };
    else answer = await judge(nlp, asked);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

main();
