#include "core/handover-clock.h"
