//! One ordinary chart of each kind, in English and in Chinese.
#![expect(clippy::cast_precision_loss, reason = "small fixed tables")]

pub(crate) mod quality;

use super::draft::{Draft, known};
use crate::report::edition::Chart;
use crate::report::{ChartKind, Emphasis, Format, MarkKind, Role};

/// The words of one language or the other.
struct Say(bool);

impl Say {
    fn of(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.0 { zh } else { en }
    }
}

fn months(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{}-{:02}", 2024 + i / 12, i % 12 + 1)).collect()
}

fn wave(i: usize) -> f64 {
    ((i * 37 + 11) % 17) as f64 / 17.0 + ((i * 53) % 7) as f64 / 14.0
}

/// A p-chart of 24 months.
pub(crate) fn control(zh: bool) -> Chart {
    let n: Vec<f64> = (0..24).map(|i| 180.0 + 90.0 * wave(i)).collect();
    let center = 0.062;
    let half = |i: usize| 3.0 * (center * (1.0 - center) / n[i]).sqrt();
    let mut rate: Vec<f64> = (0..24).map(|i| 0.035 + 0.036 * wave(i)).collect();
    rate[17] = 0.129;
    rate[21] = 0.012;
    let all = |f: &dyn Fn(usize) -> f64| (0..24).map(|i| Some(f(i))).collect::<Vec<_>>();
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let mut values = known(&rate);
    values[5] = None;
    let mut chart =
        Draft::new(ChartKind::Control, "control.defects", say("Defective cases", "不良案件率"))
            .names(say("Month", "月份"), &months(24))
            .series(Role::Value, say("Defective", "不良率"), Format::Share, &values)
            .series(Role::Center, say("Mean", "平均"), Format::Share, &all(&|_| center))
            .series(
                Role::Limit,
                say("Upper limit", "管制上限"),
                Format::Share,
                &all(&|i| center + half(i)),
            )
            .series(
                Role::Limit,
                say("Lower limit", "管制下限"),
                Format::Share,
                &all(&|i| (center - half(i)).max(0.0)),
            )
            .plain("n", Format::Count, &known(&n))
            .signals(&[
                (17, say("above the upper limit", "超出管制上限")),
                (21, say("below the lower limit", "低於管制下限")),
            ])
            .emphasis(17, Emphasis::Bad)
            .emphasis(21, Emphasis::Good)
            .emphasis(23, Emphasis::Muted)
            .mark(11, MarkKind::BaselineEnd, say("Baseline ends", "基準期結束"))
            .mark(18, MarkKind::Event, say("New fixture", "更換治具"))
            .0;
    if let Some(x) = chart.table.columns.first_mut() {
        x.format = Format::Month;
    }
    chart
}

/// A Pareto chart of eight causes.
pub(crate) fn pareto(zh: bool) -> Chart {
    let names = if zh {
        [
            "外觀刮傷",
            "尺寸超出公差",
            "標籤貼錯",
            "包裝破損",
            "混料",
            "功能測試未過",
            "文件不齊",
            "其他",
        ]
    } else {
        [
            "Scratched surface",
            "Out of tolerance",
            "Wrong label",
            "Damaged packing",
            "Mixed parts",
            "Failed function test",
            "Papers missing",
            "Other",
        ]
    };
    let counts = [182.0, 121.0, 64.0, 41.0, 22.0, 15.0, 9.0, 6.0];
    let total: f64 = counts.iter().sum();
    let mut sum = 0.0;
    let cumulative: Vec<f64> = counts
        .iter()
        .map(|c| {
            sum += c;
            sum / total
        })
        .collect();
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    Draft::new(ChartKind::Pareto, "pareto.causes", "")
        .names(say("Cause", "原因"), &names)
        .series(Role::Value, say("Defects", "缺陷數"), Format::Count, &known(&counts))
        .series(
            Role::Cumulative,
            say("Cumulative share", "累積占比"),
            Format::Share,
            &known(&cumulative),
        )
        .0
}

/// Bars of two years by quarter with a target.
pub(crate) fn bars(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    Draft::new(ChartKind::Bars, "bars.margin", say("Margin, thousand", "毛利（千元）"))
        .names(
            say("Region", "地區"),
            &if zh {
                ["北區", "中區", "南區", "東區", "離島"]
            } else {
                ["North", "Centre", "South", "East", "Islands"]
            },
        )
        .series(
            Role::Value,
            say("This year", "今年"),
            Format::Number(0),
            &known(&[812.0, 455.0, 391.0, 120.0, -45.0]),
        )
        .series(
            Role::Other,
            say("Last year", "去年"),
            Format::Number(0),
            &known(&[760.0, 502.0, 300.0, 96.0, 30.0]),
        )
        .series(Role::Target, say("Target", "目標"), Format::Number(0), &known(&[400.0; 5]))
        .0
}

/// A line with its interval and a target.
pub(crate) fn line(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let at = |shift: f64| (0..12).map(|i| Some(20.0 + 6.0 * wave(i) + shift)).collect::<Vec<_>>();
    Draft::new(ChartKind::Line, "line.cycle", say("Days to close, median", "結案天數（中位數）"))
        .names(say("Month", "月份"), &months(12))
        .series(Role::Value, say("This team", "本組"), Format::Days, &at(0.0))
        .series(Role::Other, say("All teams", "全公司"), Format::Days, &known(&[25.0; 12]))
        .series(Role::Bound, say("Lower", "下界"), Format::Days, &at(-3.0))
        .series(Role::Bound, say("Upper", "上界"), Format::Days, &at(3.5))
        .series(Role::Target, say("Target", "目標"), Format::Days, &known(&[21.0; 12]))
        .0
}

/// The pipeline of a quarter, with shares.
pub(crate) fn stages(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let names = if zh {
        ["初步接觸", "需求確認", "提案與報價", "議價", "成交"]
    } else {
        ["First contact", "Needs confirmed", "Proposal and quotation sent", "Negotiation", "Won"]
    };
    let counts = [840.0, 512.0, 301.0, 164.0, 88.0];
    let shares: Vec<f64> = counts.iter().map(|c| c / counts[0]).collect();
    Draft::new(
        ChartKind::Stages,
        "stages.pipeline",
        say("Deals that reached the stage", "到達該階段的案件"),
    )
    .names(say("Stage", "階段"), &names)
    .series(Role::Value, say("Deals", "案件"), Format::Count, &known(&counts))
    .plain(say("Of all", "占比"), Format::Share, &known(&shares))
    .0
}

/// Two periods of the pipeline.
pub(crate) fn paired_stages(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let names = if zh { ["詢價", "報價", "成交"] } else { ["Enquiry", "Quotation", "Won"] };
    Draft::new(ChartKind::Stages, "stages.compared", "")
        .names(say("Stage", "階段"), &names)
        .series(
            Role::Value,
            say("This quarter", "本季"),
            Format::Count,
            &known(&[420.0, 260.0, 61.0]),
        )
        .series(
            Role::Other,
            say("Last quarter", "上季"),
            Format::Count,
            &known(&[398.0, 301.0, 70.0]),
        )
        .0
}

/// Win rates of 26 reps, two of them outside the limits.
pub(crate) fn funnel_plot(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let n: Vec<f64> = (0..26).map(|i| 8.0 + 5.5 * i as f64 + 6.0 * wave(i)).collect();
    let center = 0.31;
    let sd = |i: usize| (center * (1.0 - center) / n[i].max(1.0)).sqrt();
    let mut rate: Vec<f64> =
        (0..26).map(|i| (center + (wave(i) - 0.7) * 2.0 * sd(i)).max(0.0)).collect();
    rate[12] = 0.58;
    rate[22] = 0.14;
    rate[23] = 0.145;
    let curve =
        |z: f64| (0..26).map(|i| Some((center + z * sd(i)).clamp(0.0, 1.0))).collect::<Vec<_>>();
    let names: Vec<&str> = (0..26)
        .map(|i| match i {
            12 => say("Mei-ling Chen", "陳美玲"),
            22 => say("Robert Huang", "黃志明"),
            23 => say("Grace Lin", "林雅惠"),
            _ => say("A. N. Other", "王小明"),
        })
        .collect();
    Draft::new(ChartKind::FunnelPlot, "funnel_plot.reps", say("Win rate", "贏單率"))
        .scale(say("Closed deals", "已結案件數"), Format::Count, &n)
        .series(Role::Value, say("Win rate", "贏單率"), Format::Share, &known(&rate))
        .series(Role::Center, say("All reps", "全體"), Format::Share, &curve(0.0))
        .series(Role::Warning, say("95% limits", "95% 界限"), Format::Share, &curve(-1.96))
        .series(Role::Warning, say("95% limits", "95% 界限"), Format::Share, &curve(1.96))
        .series(Role::Limit, say("99.8% limits", "99.8% 界限"), Format::Share, &curve(-3.09))
        .series(Role::Limit, say("99.8% limits", "99.8% 界限"), Format::Share, &curve(3.09))
        .points_named(&names)
        .signals(&[
            (12, say("above the 99.8% limit", "高於 99.8% 界限")),
            (22, say("below", "低於")),
            (23, say("below", "低於")),
        ])
        .emphasis(12, Emphasis::Good)
        .0
}

/// Days until a complaint is closed.
pub(crate) fn survival(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let days = [1.0, 2.0, 3.0, 5.0, 8.0, 11.0, 15.0, 21.0, 30.0, 44.0, 61.0, 90.0];
    let open = [0.97, 0.93, 0.86, 0.79, 0.70, 0.61, 0.49, 0.40, 0.31, 0.22, 0.17, 0.12];
    let shift = |by: f64| {
        open.iter()
            .enumerate()
            .map(|(i, s)| Some((s + by * (0.03 + 0.004 * i as f64)).clamp(0.0, 1.0)))
            .collect::<Vec<_>>()
    };
    Draft::new(ChartKind::Survival, "survival.complaints", say("Still open", "仍未結案"))
        .scale(say("Days since receipt", "受理後天數"), Format::Days, &days)
        .series(Role::Value, say("Complaints", "客訴"), Format::Share, &known(&open))
        .series(Role::Bound, say("Lower", "下界"), Format::Share, &shift(-1.0))
        .series(Role::Bound, say("Upper", "上界"), Format::Share, &shift(1.0))
        .mark(6, MarkKind::Read, say("half closed after 15 days", "15 天內結案一半"))
        .0
}

/// Profit of ranked customers.
pub(crate) fn whale(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let at: Vec<f64> = (1..=50).map(|i| f64::from(i) / 50.0).collect();
    let sum: Vec<f64> = at
        .iter()
        .map(|x| 1.0 + 0.62 * (1.0 - (-6.0 * x).exp()) - (1.0 - x).powi(6) - 0.62 * x.powi(3))
        .collect();
    Draft::new(ChartKind::Whale, "whale.customers", say("Cumulated profit", "累積利潤"))
        .scale(say("Customers, most profitable first", "客戶（由高至低）"), Format::Share, &at)
        .series(Role::Value, say("Profit", "利潤"), Format::Share, &known(&sum))
        .mark(22, MarkKind::Read, say("peak 151% at 46% of customers", "高峰 151%，占客戶 46%"))
        .0
}

/// Tiers of customers.
pub(crate) fn pyramid(zh: bool) -> Chart {
    let say = |en: &'static str, zh_text: &'static str| if zh { zh_text } else { en };
    let names = if zh {
        ["頂級", "大型", "中型", "小型"]
    } else {
        ["Top", "Large", "Medium", "Small"]
    };
    Draft::new(ChartKind::Pyramid, "pyramid.tiers", "")
        .names(say("Tier", "層級"), &names)
        .series(
            Role::Value,
            say("Share of customers", "客戶占比"),
            Format::Share,
            &known(&[0.01, 0.04, 0.15, 0.80]),
        )
        .series(
            Role::Other,
            say("Share of sales", "營收占比"),
            Format::Share,
            &known(&[0.24, 0.31, 0.27, 0.18]),
        )
        .0
}

/// One or more of each kind.
pub(crate) fn all(zh: bool) -> Vec<Chart> {
    let each =
        [control, pareto, stages, paired_stages, funnel_plot, survival, whale, pyramid, bars, line];
    let quality =
        [quality::histogram, quality::probability, quality::intervals, quality::value_stream];
    let many = [30, 120, 500].map(|points| quality::phases(points)(zh));
    each.iter().chain(&quality).map(|chart| chart(zh)).chain(many).collect()
}
