//! Duties by how they are judged.

use crate::model::Duty;

/// Whether those who see a force see whether it does its duty.
pub(super) fn of_place(duty: Duty) -> bool {
    !matches!(duty, Duty::Deliver | Duty::Authorised)
}
