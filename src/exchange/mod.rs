//! What comes in and goes out as files: frames, answers, ratings, exports.
