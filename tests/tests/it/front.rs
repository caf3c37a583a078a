//! Documents on their way to the normal form: what is accepted, what is rejected, and what is said about it.

mod accepted;
mod catalogue;
mod dialects;
mod left_out;
mod meant_places;
mod messages;
mod one_fault;
mod overlays;
mod paths;
mod policy;
mod property;
mod reading;
mod references;
mod rejected;
mod shared;
mod slips;
mod stand_ins;
mod swagger2;
mod written_overlays;
