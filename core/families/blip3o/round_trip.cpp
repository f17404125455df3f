#include "core/families/blip3o/round_trip.h"

#include <c10/core/InferenceMode.h>

#include "core/base/error.h"

namespace b3o {

RoundTrip::RoundTrip(const LoadModel& request)
    : config_(read_folder(request.folder)), networks_(config_, request), painter_(config_, networks_) {
  if (!config_.draw) throw RequestError("This folder can chat but not draw: it holds a plain Qwen2.5-VL model.");
}

Image RoundTrip::operator()(const Image& image) {
  const c10::InferenceMode inference;
  JobContext job({}, [](Event) {});
  TraceFile none{{}};
  return painter_.picture(painter_.encode(image, job), job, none);
}

}  // namespace b3o
