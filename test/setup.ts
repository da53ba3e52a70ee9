// TensorFlow's banner must not drown the test report.
process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
