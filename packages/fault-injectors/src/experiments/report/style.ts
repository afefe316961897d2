/** The report's style sheet: no script, no font and no picture from elsewhere; light and dark by the system's setting. */
export const style = `
:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#16202c;--soft:#5b6776;--line:#dfe4ea;--good:#00734f;--good-bg:#e2f4ec;--bad:#a83800;--bad-bg:#fdebe1;--warn:#7d5600;--warn-bg:#fdf3d9;--inject:#e69f00;--wait:#f3d58a;--symptom:#d55e00;--revert:#0072b2;--steady:#009e73;--pause:#c3cad3;--failed:#7a1f5c}
@media (prefers-color-scheme:dark){:root{--page:#10151c;--card:#18202a;--ink:#e6ebf1;--soft:#9aa7b6;--line:#2b3643;--good:#5fd6ac;--good-bg:#12352a;--bad:#ff9c66;--bad-bg:#40210f;--warn:#f2c35c;--warn-bg:#3a2d0d;--inject:#e69f00;--wait:#7d6226;--symptom:#e8702a;--revert:#4aa8e0;--steady:#2fb98d;--pause:#4a5765;--failed:#cc6ba8}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}
header{display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;margin-bottom:6px}
h1{font-size:26px;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:17px;margin:34px 0 10px}
p{margin:6px 0;overflow-wrap:anywhere}
.meta{color:var(--soft)}
.badge{display:inline-block;border-radius:999px;padding:3px 12px;font-weight:600;white-space:nowrap}
.good{color:var(--good);background:var(--good-bg)}.bad{color:var(--bad);background:var(--bad-bg)}.warn{color:var(--warn);background:var(--warn-bg)}
.notice{border-left:4px solid var(--bad);background:var(--bad-bg);padding:10px 14px;border-radius:0 8px 8px 0;margin:14px 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 0}
.fact,.card{background:var(--card);border:1px solid var(--line);border-radius:10px}
.fact{padding:12px 14px}.fact b{display:block;font-size:22px;line-height:1.2}.fact span{color:var(--soft);font-size:13px}
.card{padding:16px;overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th{text-align:left;font-weight:600;color:var(--soft);font-size:12.5px;padding:0 12px 8px 0;white-space:nowrap}
td{border-top:1px solid var(--line);padding:8px 12px 8px 0;vertical-align:top;overflow-wrap:anywhere}
td.tight{white-space:nowrap}
tr:last-child td{padding-bottom:0}
code,pre{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:8px 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.fault{padding:0;margin-bottom:12px}
.fault>summary{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;padding:12px 16px;cursor:pointer;list-style:none}
.fault>summary::-webkit-details-marker{display:none}
.fault>summary::before{content:"▸";color:var(--soft)}.fault[open]>summary::before{content:"▾"}
.fault>summary:focus-visible{outline:2px solid var(--revert);border-radius:10px}
.fault>div{border-top:1px solid var(--line);padding:12px 16px}
.fault dl{display:grid;grid-template-columns:minmax(110px,max-content) 1fr;gap:4px 16px;margin:0}
.fault dl+table{margin-top:16px}.fault dt{color:var(--soft)}.fault dd{margin:0;overflow-wrap:anywhere}
ul{margin:4px 0;padding-left:18px}
.timeline .row{display:grid;grid-template-columns:minmax(150px,240px) 1fr;gap:14px;align-items:center;min-height:44px}
.timeline .label{min-width:0}.timeline .label b{display:block;font-weight:600;font-size:13.5px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.timeline .label small{color:var(--soft);display:block;line-height:1.2;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.timeline .track{position:relative;height:22px}
.timeline .track>i{position:absolute;top:-11px;bottom:-11px;width:1px;background:var(--line)}
.timeline .axis{min-height:24px}.timeline .tick{position:absolute;top:2px;font-size:12px;color:var(--soft);white-space:nowrap;transform:translateX(-1px)}
.bar{position:absolute;top:2px;height:18px;min-width:4px;border-radius:4px}
.bar.steady{background:var(--steady)}.bar.broken,.bar.failed{background:repeating-linear-gradient(45deg,var(--failed) 0 4px,transparent 4px 7px);border:1px solid var(--failed)}
.bar.injecting{background:var(--inject)}.bar.waiting{background:var(--wait)}
.bar.symptom{background:repeating-linear-gradient(135deg,var(--symptom) 0 7px,color-mix(in srgb,var(--symptom) 78%,var(--card)) 7px 14px)}
.bar.reverting{background:var(--revert)}.bar.pause{background:var(--pause)}.bar.check{background:var(--steady)}
.legend{display:flex;flex-wrap:wrap;gap:6px 18px;color:var(--soft);font-size:13px;margin:14px 0 0}
.legend span{display:inline-flex;align-items:center;gap:7px}.legend .bar{position:static;display:inline-block;width:20px;height:12px}
.events td:first-child{color:var(--soft);white-space:nowrap}
footer{margin-top:36px;color:var(--soft);font-size:13px}
@media (max-width:640px){main{padding:18px 14px 40px}thead{display:none}table,tbody,tr,td{display:block}tr{border-top:1px solid var(--line);padding:8px 0}tr:first-child{border-top:0}td{border:0;padding:2px 0}td:empty{display:none}.fault dl{grid-template-columns:1fr}.fault dt{margin-top:6px}h1{font-size:22px}.timeline .row{grid-template-columns:1fr;gap:2px;margin-bottom:8px}.timeline .axis{margin:0}.timeline .axis>div:first-child{display:none}.card{padding:12px}}
@media print{body{background:#fff}.card,.fact{break-inside:avoid}}
`;
