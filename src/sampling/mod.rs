//! Frame, plan, allocation, tickets, receipt, verification, assignment.
