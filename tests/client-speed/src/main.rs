//! `cargo run --release -p client-speed`: prints what the generated client costs beside one written by hand.
//!
//! `-- alone generated|by-hand get|list|update CALLS` makes calls of one client and nothing else, for profilers:
//! `valgrind --tool=callgrind target/release/client-speed alone generated get 2000`.

use std::error::Error;

use client_speed::by_hand::ByHand;
use client_speed::generated::Generated;
use client_speed::measure::{Lane, Ratio, median};
use client_speed::{Contender, Task, server};

const ROUNDS: usize = 101;
const CALLS: usize = 320;
const PARALLEL: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => compare(ROUNDS),
        ["--rounds", rounds] => compare(rounds.parse()?),
        ["alone", who, task, calls] => alone(who, task, calls.parse()?),
        _ => Err("arguments: [--rounds N] | alone generated|by-hand get|list|update CALLS".into()),
    }
}

fn compare(rounds: usize) -> Result<(), Box<dyn Error>> {
    let url = server::start();
    let generated = Lane::new(Generated::new(&url)?, CALLS, PARALLEL);
    let by_hand = Lane::new(ByHand::new(&url)?, CALLS, PARALLEL);
    println!(
        "{rounds} rounds of {CALLS} calls, {PARALLEL} at a time, in turn; medians; ratios are generated ÷ by hand"
    );
    println!("call    requests/s  µs CPU  allocations   throughput    CPU  allocations");
    for task in Task::ALL {
        generated.run(task);
        by_hand.run(task);
        let mut pairs = Vec::new();
        for number in 0..rounds {
            // Whoever goes second may find caches warm, so they take turns at that as well.
            let pair = if number % 2 == 0 {
                let first = generated.round(task);
                (first, by_hand.round(task))
            } else {
                let first = by_hand.round(task);
                (generated.round(task), first)
            };
            pairs.push(pair);
        }
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let calls = CALLS as f64;
        let cpu = median(pairs.iter().map(|(generated, _)| generated.cpu / calls * 1e6).collect());
        let wall = median(pairs.iter().map(|(generated, _)| calls / generated.wall).collect());
        let allocations = median(pairs.iter().map(|(generated, _)| generated.allocations / calls).collect());
        let Ratio { throughput, cpu: cpu_ratio, allocations: allocation_ratio } = Ratio::of(&pairs);
        println!(
            "{:6}  {wall:10.0}  {cpu:6.1}  {allocations:11.1}  {throughput:11.3}  {cpu_ratio:5.3}  {allocation_ratio:11.3}",
            task.name()
        );
    }
    Ok(())
}

fn alone(who: &str, task: &str, calls: usize) -> Result<(), Box<dyn Error>> {
    let url = server::start();
    let task = Task::ALL.into_iter().find(|known| known.name() == task).ok_or("no such task")?;
    match who {
        "generated" => run(Generated::new(&url)?, task, calls),
        "by-hand" => run(ByHand::new(&url)?, task, calls),
        _ => return Err("no such client".into()),
    }
    Ok(())
}

fn run(contender: impl Contender + 'static, task: Task, calls: usize) {
    Lane::new(contender, calls, 1).run(task);
}
